// What every script here shares: places, the settings of the build, running commands, saying what is done.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const tools = dirname(fileURLToPath(import.meta.url));
export const root = dirname(tools);
export const target = join(root, "target");
export const site = join(target, "site");
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "impasse");

export const WASM_TARGET = "wasm32-unknown-unknown";

// The one set of settings for `make run`, `make dev`, `make test`, `make release` and CI. The two builds differ in
// the Cargo profiles and in whether the browser's files are made small.
export const builds = {
  release: { wasmProfile: "wasm-release", wasmDir: "wasm-release", serverFlags: ["--release"], serverDir: "release", small: true },
  dev: { wasmProfile: "dev", wasmDir: "debug", serverFlags: [], serverDir: "debug", small: false },
};
// The oldest browsers the script and the style are written down for (all of 2023: Baseline, widely available).
export const browsers = { chrome: [111], edge: [111], firefox: [113], safari: [16, 4] };

// CI builds what Cargo.lock says; elsewhere a new dependency may be written into it.
export const locked = process.env.CI ? ["--locked"] : [];

export const serverBinary = (build) =>
  join(target, build.serverDir, process.platform === "win32" ? "impasse.exe" : "impasse");

const started = Date.now();
const colour = process.stderr.isTTY && !process.env.NO_COLOR;

/** Says on standard error what is being done. */
export function say(text) {
  const seconds = ((Date.now() - started) / 1000).toFixed(0).padStart(4);
  process.stderr.write(colour ? `\x1b[2m${seconds} s\x1b[0m \x1b[1m${text}\x1b[0m\n` : `${seconds} s ${text}\n`);
}

/** An error whose message is all there is to tell. */
export class Stop extends Error {}

/** Runs a command with our standard streams; throws unless it succeeds. */
export function run(command, args, options = {}) {
  const result = attempt(command, args, options);
  if (!result.ok) throw new Stop(`${[command, ...args].join(" ")}: ${result.why}`);
}

/** Runs a command with our standard streams; says whether it succeeded. */
export function attempt(command, args, { env = process.env, cwd = root, ...rest } = {}) {
  const { status, signal, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], env, cwd, ...rest });
  return { ok: status === 0, why: error ? error.message : signal ? `ended by ${signal}` : `exit status ${status}` };
}

/** The trimmed output of a command, or null where it fails or is not there. */
export function output(command, args, { env = process.env, cwd = root } = {}) {
  const { status, stdout } = spawnSync(command, args, { encoding: "utf8", env, cwd, stdio: ["ignore", "pipe", "ignore"] });
  return status === 0 ? stdout.trim() : null;
}

/** The path of a program on PATH, or null. */
export function which(name, path = process.env.PATH ?? "") {
  const names = process.platform === "win32" ? [`${name}.exe`, name] : [name];
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const candidate of names) if (existsSync(join(folder, candidate))) return join(folder, candidate);
  }
  return null;
}

/** Writes a file whole or not at all, so that a reader never sees half of it. */
export function writeWhole(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

export const readText = (path) => (existsSync(path) ? readFileSync(path, "utf8") : null);

/** Runs a script's main function: a Stop ends it with its message, anything else with its stack. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Stop ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}
