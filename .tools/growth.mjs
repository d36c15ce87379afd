// Measures how times grow with the data: the front page, a dispute, a search and a save, with 100 disputes of 10,000
// events and with a tenth of it, by turns, on SQLite and, where POSTGRES names a server that databases can be made on,
// on PostgreSQL. Also which tables were read from end to end.
//
//   node .tools/growth.mjs
//   POSTGRES=postgres://impasse@localhost/%s?host=/tmp/pg KINDS=PostgreSQL node .tools/growth.mjs
//
// `%s` stands for the name of a database; growth_small and growth_large must be there, and empty or filled by an
// earlier run. Wants `psql` in $PG_BIN or on PATH for PostgreSQL, and python3 for SQLite's plans.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./common.mjs";

const DISPUTES = Number(process.env.DISPUTES ?? 100);
const SIZES = { small: Number(process.env.SMALL ?? 1000), large: Number(process.env.LARGE ?? 10000) };
const ROUNDS = Number(process.env.ROUNDS ?? 31);
const folder = join(tmpdir(), "impasse-growth");
mkdirSync(folder, { recursive: true });
const binary = process.env.IMPASSE_BIN ?? join(root, "target", "release", "impasse");
const postgres = process.env.POSTGRES;
const slug = (nth) => `growth-${String(nth).padStart(3, "0")}`;

function own(database, args, input = "") {
  const run = spawnSync(binary, ["--database", database, "--log", "error", ...args], { input, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${args.join(" ")}: ${run.stderr}${run.stdout}`);
  return run.stdout;
}

/** A file of events whose words differ from dispute to dispute. */
function events(count, nth) {
  const words = ["memo", "contract", "hearing", "injunction", "budget", "clause", "audit", "tariff", "permit", "treaty"];
  const parties = ["Ministry", "Operator", "Regulator", "Union"];
  const rows = Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(1990, 0, 1 + ((at * 7919 + nth * 31) % 13000))).toISOString().slice(0, 10);
    const word = words[(at * 31 + nth) % words.length];
    return `${day},,The ${word} of ${at} is taken up,What was done about the ${word} in a sentence or two.,${parties[at % 4]},memo`;
  });
  // One that is found by a word of its own.
  rows[0] = `2020-01-01,,Rare quixotry${nth} is heard,Said once.,Union,statement`;
  return ["start,end,title,description,party,kind", ...rows].join("\n");
}

function fill(database, count, mark) {
  if (existsSync(mark)) return;
  const csv = join(folder, "events.csv");
  for (let nth = 0; nth < DISPUTES; nth += 1) {
    writeFileSync(csv, events(count, nth));
    own(database, ["import", csv, "--dispute", slug(nth), "--title", `Growth ${nth}`]);
    if (nth % 10 === 9) console.error(`  ${nth + 1} of ${DISPUTES} disputes`);
  }
  own(database, ["user", "add", "Olga", "--owner"], "correct horse battery\n");
  writeFileSync(mark, "");
}

async function serve(database, port, log) {
  const child = spawn(binary, ["--database", database, "--log", log ? "error,sqlx=debug" : "error", "--log-json", "true", "serve", "--no-demo", "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => (said += log ? data : ""));
  const begun = performance.now();
  const site = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${site}/healthz`).then((answer) => answer.ok, () => false))) {
    if (child.exitCode !== null) throw new Error(`the server on ${database} did not start`);
    await new Promise((done) => setTimeout(done, 5));
  }
  const started = performance.now() - begun;
  const form = (path, values, cookie) => fetch(`${site}${path}`, { method: "POST", redirect: "manual", headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", ...(cookie ? { cookie } : {}) }, body: new URLSearchParams(values) });
  const signedIn = await form("/sign-in", { name: "Olga", password: "correct horse battery" });
  const cookie = signedIn.headers.get("set-cookie").split(";")[0];
  return { child, site, started, form: (path, values) => form(path, values, cookie), get: (path) => fetch(`${site}${path}`, { headers: { cookie } }), said: () => said };
}

/** Signed in, so that no page is sent again as it was kept. */
const actions = {
  "front page": (server) => server.get("/"),
  "dispute, one of all": (server, nth) => server.get(`/d/${slug((nth * 37) % DISPUTES)}`),
  "dispute, the same": (server) => server.get(`/d/${slug(7)}`),
  "search everywhere": (server, nth) => server.get(`/search?q=quixotry${nth % DISPUTES}`),
  "search, many hits": (server) => server.get("/search?q=injunction"),
  "search in a dispute": (server, nth) => server.get(`/d/${slug(nth % DISPUTES)}/search?q=tariff`),
  "save": (server, nth) => server.form(`/d/${slug((nth * 13) % DISPUTES)}/events/new`, { title: `Saved ${nth}`, date: "9 January 2026", kind: "memo", phase: "done", importance: "normal" }),
  "dispute after a save": async (server) => {
    await server.form(`/d/${slug(3)}/events/new`, { title: "Saved before", date: "9 January 2026", kind: "memo", phase: "done", importance: "normal" });
    return server.get(`/d/${slug(3)}`);
  },
};

async function time(action, server, nth) {
  const begun = performance.now();
  const answer = await action(server, nth);
  await answer.arrayBuffer();
  if (answer.status >= 400) throw new Error(`${answer.status} ${answer.url}`);
  return performance.now() - begun;
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

const kinds = (process.env.KINDS ?? (postgres ? "SQLite,PostgreSQL" : "SQLite")).split(",");
for (const kind of kinds) {
  const url = (size) => (kind === "SQLite" ? join(folder, `${size}.db`) : postgres.replace("%s", `growth_${size}`));
  for (const [size, count] of Object.entries(SIZES)) {
    console.error(`${kind}: ${DISPUTES} disputes of ${count} events`);
    fill(url(size), count, join(folder, `${kind}-${size}.filled`));
  }
  const servers = { small: await serve(url("small"), 4501), large: await serve(url("large"), 4502) };
  console.log(`\n${kind}: start-up ${servers.small.started.toFixed(0)} ms and ${servers.large.started.toFixed(0)} ms`);
  console.log("| action | a tenth, ms | all, ms | times | first, ms |\n| --- | --- | --- | --- | --- |");
  for (const [name, action] of Object.entries(actions)) {
    const times = { small: [], large: [] };
    const first = await time(action, servers.large, 0);
    await time(action, servers.small, 0);
    for (let nth = 1; nth <= ROUNDS; nth += 1) for (const size of ["small", "large"]) times[size].push(await time(action, servers[size], nth));
    const [small, large] = [median(times.small), median(times.large)];
    console.log(`| ${name} | ${small.toFixed(1)} | ${large.toFixed(1)} | ${(large / small).toFixed(2)} | ${first.toFixed(0)} |`);
  }
  for (const server of Object.values(servers)) server.child.kill();

  // Which tables are read from end to end.
  const logged = await serve(url("large"), 4503, kind === "SQLite");
  const psql = (sql) => spawnSync(process.env.PG_BIN ? join(process.env.PG_BIN, "psql") : "psql", [url("large"), "-At", "-c", sql], { encoding: "utf8" }).stdout.trim();
  const counted = () => Object.fromEntries(psql("select relname, seq_scan from pg_stat_user_tables where n_live_tup > 5000").split("\n").map((line) => line.split("|")));
  const before = kind === "PostgreSQL" ? counted() : {};
  for (const action of Object.values(actions)) await time(action, logged, 1);
  await new Promise((done) => setTimeout(done, 1500));
  if (kind === "PostgreSQL") {
    const scans = Object.entries(counted()).filter(([table, scans]) => Number(scans) > Number(before[table] ?? 0));
    console.log(`read from end to end: ${scans.map(([table, now]) => `${table} (${now - before[table]} times)`).join(", ") || "no large table"}`);
  } else {
    const file = join(folder, "statements.log");
    writeFileSync(file, logged.said());
    const plans = spawnSync(process.env.PYTHON ?? "python3", [join(root, ".tools", "growth_plans.py"), url("large"), file], { encoding: "utf8" });
    console.log(plans.stdout.trim() + plans.stderr.trim());
  }
  logged.child.kill();
}
process.exit(0);
