// Builds for development, runs the server, and does so again whenever a source changes. A changed style or public file
// is served without a restart.
//
//   node .tools/dev.mjs --port 3001     arguments go to `impasse serve`

import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildServer, buildSite } from "./build.mjs";
import { builds, main, root, say, serverBinary, Stop } from "./common.mjs";
import { setUp } from "./setup.mjs";

// Not Cargo.lock, which the build itself may write.
const WATCHED = ["app", "server", "style", "public", "Cargo.toml"];
const binary = serverBinary(builds.dev);

/** The newest change and the number of the files under the watched paths; asked often, which costs a few milliseconds. */
function state() {
  let newest = 0;
  let files = 0;
  const visit = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return;
    if (found.isDirectory()) return readdirSync(path).forEach((name) => name.startsWith(".") || visit(join(path, name)));
    newest = Math.max(newest, found.mtimeMs);
    files += 1;
  };
  WATCHED.forEach((name) => visit(join(root, name)));
  return `${newest} ${files}`;
}

let server = null;

async function stopServer() {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((done) => server.once("exit", done));
  server.kill("SIGTERM");
  const late = setTimeout(() => server.kill("SIGKILL"), 5000);
  await ended;
  clearTimeout(late);
}

function startServer() {
  server = spawn(binary, ["serve", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
  server.on("error", (error) => say(error.message));
  server.on("exit", (status) => status && say(`The server ended with status ${status}; it starts again at the next change`));
}

const changed = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

await main(async () => {
  const env = setUp();
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, async () => process.exit(await stopServer()));
  for (let last = null, running = 0; ; await sleep(400)) {
    const now = state();
    if (now === last) continue;
    last = now;
    try {
      await buildSite(env, builds.dev);
      buildServer(env, builds.dev);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      say(`${error.message}. Waiting for the next change`);
      continue;
    }
    if (changed(binary) !== running || server?.exitCode !== null) {
      await stopServer();
      running = changed(binary);
      startServer();
    }
    say("Up to date; watching for changes");
  }
});
