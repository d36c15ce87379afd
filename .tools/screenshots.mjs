// Takes pictures of every layout, of the demo and of a dispute with 1,000 events, at three widths, light and dark, into
// target/screenshots, to be looked at.
//
//   node .tools/screenshots.mjs

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builds, main, say, serverBinary, Stop, target } from "./common.mjs";
import { prepareTests } from "./test.mjs";

const WIDTHS = [360, 768, 1440];
const LAYOUTS = ["timeline", "list", "story", "table"];
const DISPUTES = ["pentagon-anthropic", "thousand"];

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

await main(async () => {
  const env = await prepareTests();
  const binary = serverBinary(builds.release);
  const folder = mkdtempSync(join(tmpdir(), "impasse-screenshots-"));
  const out = join(target, "screenshots");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const database = join(folder, "impasse.db");
  const { server, address } = start(binary, database);
  try {
    const base = await address;
    const csv = join(folder, "thousand.csv");
    writeFileSync(csv, thousand());
    const imported = spawnSync(binary, ["import", csv, "--dispute", "thousand", "--title", "A thousand events", "--database", database]);
    if (imported.status !== 0) throw new Stop(`The import failed: ${imported.stderr}`);
    for (const width of WIDTHS) {
      for (const scheme of ["light", "dark"]) {
        for (const [dispute, layout] of DISPUTES.flatMap((dispute) => LAYOUTS.map((layout) => [dispute, layout]))) {
          const query = layout === "timeline" ? "" : `?layout=${layout}`;
          const picture = join(out, `${dispute}-${layout}-${width}-${scheme}.png`);
          const profile = mkdtempSync(join(folder, "profile-"));
          const taken = spawnSync(env.CHROME ?? "chromium", [
            "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=3000", `--user-data-dir=${profile}`, `--window-size=${width},1400`,
            ...(scheme === "dark" ? ["--blink-settings=preferredColorScheme=0"] : []),
            `--screenshot=${picture}`, `${base}/d/${dispute}${query}`,
          ], { timeout: 60000 });
          rmSync(profile, { recursive: true, force: true });
          if (taken.status !== 0) throw new Stop(`No picture of ${dispute} as ${layout}: ${taken.stderr}`);
        }
      }
      say(`${width} px: done`);
    }
  } finally {
    server.removeAllListeners("exit");
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  say(`Look at ${out}`);
});
