// What others change in a dispute while its page is open. It is told of in a line at the foot of the window and shown
// when one asks for it; nothing on the page moves by itself, and one can have it be quiet.

import { store, stored } from "./stored.js";

/** Under which name it is kept that one wants to hear nothing. */
const QUIET = "impasse-quiet";
/** After how long to ask again where the server takes no more, in milliseconds. */
const LATER = 30_000;

export function live(show) {
  const bar = document.querySelector("#told");
  if (!bar) return;
  const words = bar.querySelector("[role=status]");
  const asking = bar.querySelectorAll("button");
  const line = document.querySelector("#told-line");
  const toggle = line.querySelector("button");
  /** What happened to each event that the page does not show yet, and by which revision. */
  const events = new Map();
  /** What is said, `#` being a number: what was added, changed and removed, each of one and of several, and the rest. */
  const [added, changed, removed, dispute, hushed, heard, announce, hush] = JSON.parse(bar.dataset.words ?? 0) || [
    ["# new event", "# new events"],
    ["# event was changed", "# events were changed"],
    ["# event was taken away", "# events were taken away"],
    "The dispute was changed",
    "Changes by others are not announced.",
    "Changes by others are announced here as they are made.",
    "Announce them",
    "Do not announce them",
  ];
  let last = +bar.dataset.revision;
  /** Whether something besides events was changed, or too much to tell. */
  let other = false;
  let source = null;

  const quiet = () => (stored(QUIET) ?? null) !== null;

  /** Says what there is to see; what it says is read out by screen readers when it changes. */
  function say() {
    const count = (what, words) => {
      const n = [...events.values()].filter(([is]) => is === what).length;
      return n ? [words[n === 1 ? 0 : 1].replace("#", n)] : [];
    };
    const parts = [
      ...count("added", added),
      ...count("changed", changed),
      ...count("removed", removed),
    ];
    if (other && !parts.length) parts.push(dispute);
    const text = quiet() ? "" : parts.join(", ");
    if (words.textContent !== text) words.textContent = text;
    for (const button of asking) button.hidden = !text;
    line.hidden = false;
    line.querySelector("span").textContent = quiet() ? hushed : heard;
    toggle.textContent = quiet() ? announce : hush;
  }

  function hear({ data }) {
    const told = JSON.parse(data);
    last = told.revision;
    other ||= Boolean(told.other || told.many);
    for (const [what, id] of told.events ?? []) {
      const [before] = events.get(id) ?? [];
      // What came and went is nothing to see; what is new stays so though it was changed.
      if (before === "added" && what === "removed") events.delete(id);
      else events.set(id, [before === "added" && what === "changed" ? "added" : what, last]);
    }
    say();
  }

  function close() {
    source?.close();
    source = null;
  }

  // A page that nobody looks at holds no connection: a browser has few for each site. It is told of what it missed.
  function open() {
    if (document.hidden || quiet()) return close();
    if (source) return;
    source = new EventSource(`${bar.dataset.stream}?since=${last}`);
    source.addEventListener("change", hear);
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      setTimeout(open, LATER * (1 + Math.random()));
    });
  }

  bar.addEventListener("click", async ({ target }) => {
    if (target.closest("[data-live-show]")) {
      if (other) {
        location.reload();
        return;
      }
      await show(location.href);
      document.querySelector("#view")?.focus({ preventScroll: true });
    } else if (target.closest("[data-live-hide]")) {
      events.clear();
      other = false;
      say();
    }
  });
  toggle.addEventListener("click", () => {
    store(QUIET, quiet() ? null : "");
    open();
    say();
  });
  // The view was exchanged, and what it shows is known.
  document.addEventListener("impasse:shown", () => {
    const shown = +(document.querySelector("#view")?.dataset.revision ?? 0);
    for (const [id, [what, revision]] of events) {
      if (revision > shown) continue;
      events.delete(id);
      if (what !== "removed") document.getElementById(`e-${id}`)?.setAttribute("data-fresh", "");
    }
    say();
  });
  document.addEventListener("visibilitychange", open);
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
  say();
}
