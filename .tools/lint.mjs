// Format, Clippy and documentation, warnings denied, and what is depended on. `ssr` and `hydrate` clash, so never with --all-features: the
// server's half is checked natively, where the server asks for `ssr`, and the browser's half for the browser.
//
//   node .tools/lint.mjs

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt, builds, locked, main, say, Stop, target } from "./common.mjs";
import { wasmCargo } from "./build.mjs";
import { dependencies } from "./deny.mjs";
import { setUp } from "./setup.mjs";

/** Runs all checks, whichever fail; gives the names of those that failed. */
export function lint(env) {
  const checks = {
    "format": [["fmt", "--all", "--check"]],
    "Clippy, server": [["clippy", ...locked, "--workspace", "--all-targets", "--", "-D", "warnings"]],
    "Clippy, browser": [[...wasmCargo("clippy", builds.dev), "--", "-D", "warnings"], { CARGO_TARGET_DIR: join(target, "wasm") }],
    "documentation": [["doc", ...locked, "--workspace", "--no-deps"], { RUSTDOCFLAGS: "-D warnings" }],
  };
  const failed = Object.entries(checks).flatMap(([name, [args, extra]]) => {
    say(`Checking: ${name}`);
    return attempt("cargo", args, { env: { ...env, ...extra } }).ok ? [] : [name];
  });
  say("Checking: dependencies");
  return dependencies(env) ? failed : [...failed, "dependencies"];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(() => {
    const failed = lint(setUp());
    if (failed.length > 0) throw new Stop(`Failed: ${failed.join("; ")}`);
  });
}
