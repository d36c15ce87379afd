// Takes pictures of every layout, of the demo and of a dispute with 1,000 events, at three widths, light and dark, and
// of an open panel and an open cluster, into target/screenshots, to be looked at.
//
//   node .tools/screenshots.mjs                  all
//   node .tools/screenshots.mjs demo 360         those with these words in their names
//   node .tools/screenshots.mjs --readme         the two small ones of the README, into .github
//
// IMPASSE_BIN names another server than the release.

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "./chrome.mjs";
import { builds, main, root, say, serverBinary, Stop, target } from "./common.mjs";
import { prepareTests } from "./test.mjs";

const WIDTHS = { 360: 800, 768: 1024, 1440: 900 };
const DISPUTES = { demo: "/d/pentagon-anthropic", thousand: "/d/thousand" };
/** The longest picture of a whole page, in pixels. */
const LONGEST = 3000;

/** Each view: its query, and what is done and waited for on the page. */
const VIEWS = {
  timeline: { query: "" },
  list: { query: "?layout=list" },
  story: { query: "?layout=story" },
  table: { query: "?layout=table" },
  kinds: { query: "?group=kind" },
  nothing: { query: "?q=nothing-of-the-kind" },
  panel: { query: "", click: "[...document.querySelectorAll('[data-bench=mark]')].find(seen)" },
  cluster: { query: "", click: "[...document.querySelectorAll('.ck')].find(seen)" },
};

/** A thousand events in ten years, the same each time. */
function thousand() {
  const parties = ["Ministry", "Operator", "Regulator", "Union"];
  const kinds = ["memo", "statement", "filing", "negotiation", "report", "ruling"];
  const verbs = ["publishes", "rejects", "amends", "answers", "appeals", "delays", "signs"];
  const things = ["the draft order", "a notice of objection", "the cost estimate", "the access agreement", "its position", "the interim report"];
  let state = 7;
  const next = (n) => (state = (state * 48271) % 2147483647) % n;
  const day = (n) => new Date(Date.UTC(2014, 0, 1) + n * 86400000).toISOString().slice(0, 10);
  const rows = ["start,end,title,description,party,kind"];
  for (let i = 0; i < 1000; i += 1) {
    const at = next(3650);
    const party = parties[next(4)];
    const end = next(6) === 0 ? day(at + 5 + next(90)) : "";
    rows.push([day(at), end, `${party} ${verbs[next(7)]} ${things[next(6)]} (${i + 1})`, "", party, kinds[next(6)]].join(","));
  }
  return `${rows.join("\n")}\n`;
}

/** Starts the server and gives the address that it prints. */
function start(binary, database) {
  const server = spawn(binary, ["serve", "--database", database, "--listen", "127.0.0.1:0", "--log", "error"]);
  const address = new Promise((found, failed) => {
    let said = "";
    server.stdout.on("data", (text) => {
      said += text;
      const match = said.match(/Impasse is at (\S+)/);
      if (match) found(match[1]);
    });
    server.on("exit", () => failed(new Stop(`The server ended: ${said}`)));
  });
  return { server, address };
}

/** Opens an address and waits until nothing on it moves any more. */
async function open(browser, address, { width, height, scheme }) {
  await browser.tell("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  await browser.tell("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }],
  });
  await browser.tell("Page.navigate", { url: address });
  await browser.until("!document.querySelector('[data-tl=root]') || document.querySelector('[data-tl=root][data-live]')");
  await browser.value("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 250)))");
}

/** A picture of the window, or of the whole page. */
async function picture(browser, path, whole, scale = 1) {
  const clip = whole
    ? { x: 0, y: 0, scale, width: await browser.value("innerWidth"), height: Math.min(LONGEST, await browser.value("document.documentElement.scrollHeight")) }
    : { x: 0, y: await browser.value("scrollY"), scale, width: await browser.value("innerWidth"), height: await browser.value("innerHeight") };
  const { data } = await browser.tell("Page.captureScreenshot", { format: "png", captureBeyondViewport: whole, clip });
  writeFileSync(path, Buffer.from(data, "base64"));
}

/** The two pictures of the README: the drawing, and the same on a phone in the dark. */
async function readme(browser, base) {
  const out = join(root, ".github");
  mkdirSync(out, { recursive: true });
  const windows = { timeline: { width: 1280, height: 950, scheme: "light" }, phone: { width: 390, height: 800, scheme: "dark" } };
  for (const [name, window] of Object.entries(windows)) {
    await open(browser, `${base}${DISPUTES.demo}`, window);
    const top = await browser.value("document.querySelector('#view').getBoundingClientRect().top + scrollY - 6");
    const clip = { x: 0, y: top, width: window.width, height: window.height, scale: 1 };
    const { data } = await browser.tell("Page.captureScreenshot", { format: "webp", quality: 80, captureBeyondViewport: true, clip });
    writeFileSync(join(out, `${name}.webp`), Buffer.from(data, "base64"));
  }
}

/** Takes a picture of each view whose name has all the words. */
async function views(browser, base, out, words) {
  for (const [width, height] of Object.entries(WIDTHS)) {
    for (const scheme of ["light", "dark"]) {
      for (const [dispute, path] of Object.entries(DISPUTES)) {
        for (const [view, { query, click }] of Object.entries(VIEWS)) {
          const name = `${dispute}-${view}-${width}-${scheme}`;
          if (!words.every((word) => name.split("-").includes(word))) continue;
          await open(browser, `${base}${path}${query}`, { width: Number(width), height, scheme });
          if (click) {
            const clicked = await browser.value(`(() => {
              const seen = (it) => it.checkVisibility() && it.getBoundingClientRect().left > 40 && it.getBoundingClientRect().right < innerWidth;
              const it = ${click};
              if (!it) return false;
              it.scrollIntoView({ block: "center" });
              it.click();
              return true;
            })()`);
            if (!clicked) continue;
            await browser.until("document.querySelector('[data-bench=detail]:not([aria-busy])')");
          }
          await picture(browser, join(out, `${name}.png`), !click);
        }
      }
    }
    say(`${width} px: done`);
  }
}

await main(async () => {
  const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const env = process.env.IMPASSE_BIN ? process.env : await prepareTests();
  const binary = env.IMPASSE_BIN ?? serverBinary(builds.release);
  const folder = mkdtempSync(join(tmpdir(), "impasse-screenshots-"));
  const out = join(target, "screenshots");
  const database = join(folder, "impasse.db");
  const { server, address } = start(binary, database);
  const browser = await openBrowser(env.CHROME ?? "chromium");
  try {
    const base = await address;
    if (process.argv.includes("--readme")) {
      await readme(browser, base);
      return;
    }
    if (words.length === 0) rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    const csv = join(folder, "thousand.csv");
    writeFileSync(csv, thousand());
    const imported = spawnSync(binary, ["import", csv, "--dispute", "thousand", "--title", "A thousand events", "--database", database]);
    if (imported.status !== 0) throw new Stop(`The import failed: ${imported.stderr}`);
    await views(browser, base, out, words);
    say(`Look at ${out}`);
  } finally {
    await browser.close();
    server.removeAllListeners("exit");
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});
