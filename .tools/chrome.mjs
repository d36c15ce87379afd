// A browser without a window, driven over the DevTools protocol. The browser speaks it over two pipes, as JSON that
// ends in a zero byte, so that nothing besides Node is needed.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Stop } from "./common.mjs";

/** How long the browser may take to answer, in milliseconds. */
const PATIENCE = 30_000;

/** Starts a browser; `close` ends it and removes its profile. */
export async function openBrowser(program) {
  const profile = mkdtempSync(join(tmpdir(), "impasse-chrome-"));
  const child = spawn(program, [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb", `--user-data-dir=${profile}`, "--remote-debugging-pipe", "about:blank",
  ], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [to, from] = [child.stdio[3], child.stdio[4]];
  const waiting = new Map();
  let number = 0;
  let heard = "";
  from.setEncoding("utf8").on("data", (text) => {
    const messages = (heard + text).split("\0");
    heard = messages.pop();
    for (const { id, result, error } of messages.map((message) => JSON.parse(message))) {
      waiting.get(id)?.(error, result);
      waiting.delete(id);
    }
  });
  child.on("error", (error) => waiting.forEach((done) => done(error)));

  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((found, failed) => {
      const id = (number += 1);
      const late = setTimeout(() => failed(new Stop(`The browser does not answer to ${method}`)), PATIENCE);
      waiting.set(id, (error, result) => {
        clearTimeout(late);
        if (error) failed(new Stop(`${method}: ${error.message}`));
        else found(result);
      });
      to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });

  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const tell = (method, params) => send(method, params, sessionId);
  await tell("Page.enable");
  return {
    tell,
    /** What an expression comes to on the page. */
    async value(expression) {
      const { result, exceptionDetails } = await tell("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Stop(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
      return result.value;
    },
    /** Waits until an expression is true. */
    async until(expression) {
      for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
        // While a page gives way to the next there is nothing to ask.
        if (await this.value(`document.readyState === "complete" && Boolean(${expression})`).catch(() => false)) return;
        await new Promise((later) => setTimeout(later, 50));
      }
      throw new Stop(`${expression} did not come true`);
    },
    async close() {
      const ended = new Promise((done) => child.once("exit", done));
      await send("Browser.close").catch(() => child.kill());
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
