// The script of every page: brings islands to life, lets one go from view to view without a new page, and copies and
// prints. A file and not a part of the page, so that the Content-Security-Policy needs no exception for it.
// .tools/build.mjs bundles it with the bindings that wasm-bindgen writes.

import init, * as bindings from "impasse-bindings";
import { live } from "./live.js";
import { fillIn, liveViews } from "./live_views.js";
import { store, stored } from "./stored.js";

/** Calls the function of each island inside an element: app/src/islands has one of the name that stands in the page. */
async function bringToLife(within) {
  const islands = within.querySelectorAll("[data-island]");
  if (islands.length === 0) return;
  await init();
  for (const island of islands) bindings[island.dataset.island](island);
}

/** Copies the address beside a button, or that a link leads to, and says so. */
async function copy(button) {
  const line = button.parentElement;
  const field = line.querySelector("input");
  field?.select();
  await navigator.clipboard.writeText(field ? field.value : button.href);
  const said = line.querySelector("[role=status]");
  said.textContent = said.dataset.copied ?? "Copied";
}

// What follows the address, which the timeline and the filters change, does so when it is about to be used.
const follow = ({ target }) => {
  if (!target.matches?.("[data-live]")) return;
  if (target.href) target.search = location.search;
  else target.value = location.href;
};
document.addEventListener("focusin", follow);
document.addEventListener("pointerover", follow);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  event.preventDefault();
  if ("print" in button.dataset) {
    print();
    return;
  }
  const field = button.parentElement.querySelector("[data-live]");
  if (field) follow({ target: field });
  copy(button);
});

// The list of keys. A question mark opens it wherever one is, unless somebody has kept it to the timeline.
const keys = document.querySelector("#keys-dialog");
const anywhere = document.querySelector("#keys-anywhere");
const showKeys = (event) => {
  event.preventDefault();
  anywhere.checked = isAnywhere();
  keys.showModal();
};
const isAnywhere = () => {
  const kept = stored("keys");
  return kept === undefined ? anywhere.checked : kept !== "timeline";
};
if (keys) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    if (event.target.closest("#view") || isAnywhere()) showKeys(event);
  });
  anywhere.addEventListener("change", () => store("keys", anywhere.checked ? "page" : "timeline"));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]") && !event.ctrlKey && !event.metaKey && !event.shiftKey) showKeys(event);
  });
}

// In a page of another site: says how high it is, so that embed.js there can let the frame grow.
if (document.documentElement.dataset.embed !== undefined && parent !== window) {
  const tell = () => parent.postMessage({ impasse: { height: document.body.getBoundingClientRect().height } }, "*");
  new ResizeObserver(tell).observe(document.body);
}

// What the server drew is seen before it is made to move. A page that nobody looks at yet is not painted.
await new Promise((seen) => {
  new PerformanceObserver(seen).observe({ type: "paint", buffered: true });
  setTimeout(seen, 500);
});
fillIn(document);
await bringToLife(document);
live(liveViews(bringToLife));
