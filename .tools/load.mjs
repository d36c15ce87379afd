// Measures what readers get out of the server, beside the least that the same bytes cost and beside Datasette, in one
// run. Wants wrk, and datasette in $DATASETTE (pip install datasette); machines are noisy, so look at the ratios.
//
//   node .tools/load.mjs [events] [seconds]
//
// For the dispute page, its JSON twin and a frozen link: requests a second and the 99th percentile, at 1 and at 64
// connections, from our server (SQLite), from server/examples/bare.rs with the very bytes, and for the JSON from
// Datasette over a table with the same events.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./common.mjs";

const [events = "100", seconds = "5"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "impasse-load-"));
const binary = join(root, "target", "release", "impasse");
const bare = join(root, "target", "release", "examples", "bare");
const children = [];
process.on("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a program and waits until its address answers. */
async function started(url, program, ...args) {
  const child = spawn(program, args, { stdio: "ignore" });
  children.push(child);
  for (let nth = 0; nth < 200; nth += 1) {
    if (child.exitCode !== null) throw new Error(`${program} ended`);
    if (await fetch(url).then((answer) => answer.ok, () => false)) return child;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${url} does not answer`);
}

/** Requests a second, and the 99th percentile in milliseconds. */
function load(url, connections) {
  const threads = connections > 1 ? 2 : 1;
  const run = spawnSync("wrk", ["-t", String(threads), "-c", String(connections), "-d", `${seconds}s`, "--latency", url], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`wrk: ${run.stderr || run.error}`);
  if (/Non-2xx|Socket errors/.test(run.stdout)) throw new Error(run.stdout);
  const [, percentile, unit] = run.stdout.match(/99%\s+([\d.]+)(us|ms|s)/);
  return { rate: Number(run.stdout.match(/Requests\/sec:\s+([\d.]+)/)[1]), p99: Number(percentile) * { us: 0.001, ms: 1, s: 1000 }[unit] };
}

const parties = ["Ministry", "Operator", "Regulator", "Union"];
const kinds = ["memo", "statement", "filing"];
const rows = Array.from({ length: Number(events) }, (_, nth) => {
  const day = new Date(Date.UTC(2014, 0, 1 + ((nth * 7919) % 3650))).toISOString().slice(0, 10);
  return [day, "", `${parties[nth % 4]} step ${nth}`, "What was done, in a sentence or two.", parties[nth % 4], kinds[nth % 3]];
});
const csv = join(folder, "events.csv");
writeFileSync(csv, ["start,end,title,description,party,kind", ...rows.map((row) => row.join(","))].join("\n"));
const database = join(folder, "impasse.db");
const own = (...args) => {
  const run = spawnSync(binary, ["--database", database, ...args], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
};
own("import", csv, "--dispute", "bench", "--title", "Bench");

const port = 4300;
const site = `http://127.0.0.1:${port}`;
await started(`${site}/healthz`, binary, "--database", database, "--log", "warn", "serve", "--listen", `127.0.0.1:${port}`);
const frozen = await fetch(`${site}/d/bench/links`, { method: "POST", headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" }, body: "view=" }).then((answer) => answer.json());
const subjects = [
  ["dispute page", `${site}/d/bench`, "text/html"],
  ["JSON twin", `${site}/d/bench.json`, "application/json"],
  ["frozen link", `${frozen.address}/view`, "text/html"],
];

let datasette = null;
if (process.env.DATASETTE) {
  const table = join(folder, "datasette.db");
  const sql = `create table events (start text, end text, title text, description text, party text, kind text);\n.mode csv\n.import --skip 1 ${csv} events\n`;
  const made = spawnSync("sqlite3", [table], { input: sql, encoding: "utf8" });
  if (made.status !== 0) throw new Error(made.stderr);
  datasette = `http://127.0.0.1:${port + 1}/datasette/events.json?_size=max&_shape=array`;
  await started(datasette, process.env.DATASETTE, "serve", table, "--port", String(port + 1), "--setting", "max_returned_rows", "10000");
}

console.log(`${events} events, ${seconds} s each`);
for (const [nth, [name, url, type]] of subjects.entries()) {
  const answer = await fetch(url, { headers: { "accept-encoding": "identity" } });
  if (!answer.ok) {
    console.log(`${name}: ${answer.status}`);
    continue;
  }
  const body = Buffer.from(await answer.arrayBuffer());
  const file = join(folder, `body-${nth}`);
  writeFileSync(file, body);
  const bareUrl = `http://127.0.0.1:${port + 2 + nth}/`;
  await started(bareUrl, bare, `127.0.0.1:${port + 2 + nth}`, file, type);
  for (const connections of [1, 64]) {
    const [ours, least] = [load(url, connections), load(bareUrl, connections)];
    const words = [`${name}, ${body.length} bytes, ${connections} connections: ${ours.rate.toFixed(0)}/s (p99 ${ours.p99.toFixed(2)} ms)`, `bare ${least.rate.toFixed(0)}/s (p99 ${least.p99.toFixed(2)} ms)`, `ratio ${(ours.rate / least.rate).toFixed(2)}`];
    if (datasette && name === "JSON twin") {
      const theirs = load(datasette, connections);
      words.push(`Datasette ${theirs.rate.toFixed(0)}/s (p99 ${theirs.p99.toFixed(2)} ms)`, `ratio ${(ours.rate / theirs.rate).toFixed(1)}`);
    }
    console.log(words.join("; "));
  }
}
process.exit(0);
