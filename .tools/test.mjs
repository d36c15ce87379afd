// Runs every test there is, or those that the arguments name, as in `cargo test`:
//
//   node .tools/test.mjs
//   node .tools/test.mjs -p impasse-extract relative_dates
//
// The browser tests drive the release server, IMPASSE_BIN: what users run.

import { fileURLToPath } from "node:url";
import { builds, locked, main, run, say, serverBinary } from "./common.mjs";
import { buildServer, buildSite } from "./build.mjs";
import { setUpTests } from "./setup.mjs";

/** Sets up and builds what the tests need; gives the environment they run in. */
export async function prepareTests() {
  const env = setUpTests();
  await buildSite(env, builds.release);
  buildServer(env, builds.release);
  return { ...env, IMPASSE_BIN: serverBinary(builds.release) };
}

/** One call for all packages: with two, what they share would be compiled twice, for its features differ. */
export const testCommand = (args) => ["test", ...locked, ...(args.length > 0 ? args : ["--workspace", "--no-fail-fast"])];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const env = await prepareTests();
    say("Testing");
    run("cargo", testCommand(process.argv.slice(2)), { env });
  });
}
