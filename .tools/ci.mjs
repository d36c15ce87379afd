// All that is checked before a change lands: format, Clippy, documentation, every test. Says at the end what failed,
// the test runner's closing lines, and their total.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { main, root, say } from "./common.mjs";
import { lint } from "./lint.mjs";
import { setUp } from "./setup.mjs";
import { prepareTests, testCommand } from "./test.mjs";

/** Runs Cargo with its output shown as it comes; gives its exit status and its lines of standard output. */
function cargo(args, env) {
  const child = spawn("cargo", args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    console.log(line);
  });
  return new Promise((done, fail) => child.on("error", fail).on("close", (status) => done({ status, lines })));
}

let failed = [];
let closing = [];
await main(async () => {
  failed = ["set-up"];
  const env = setUp();
  failed = ["build", ...lint(env)];
  const tested = await prepareTests();
  failed.shift();
  say("Testing");
  const { status, lines } = await cargo(testCommand([]), tested);
  closing = lines.filter((line) => line.startsWith("test result:"));
  if (status !== 0) failed.push("tests");
});

const count = (word) => closing.reduce((sum, line) => sum + Number(line.match(`(\\d+) ${word}`)?.[1] ?? 0), 0);
if (count("passed") === 0) failed.push("no test passed");
console.log(["", ...closing, ""].join("\n"));
say(failed.length > 0 ? `Failed: ${failed.join("; ")}` : "All is well");
console.log(`${count("passed")} passed, ${count("failed")} failed`);
if (failed.length > 0) process.exitCode = 1;
