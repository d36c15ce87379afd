// The script of every page: where the page has islands, loads the WebAssembly and brings them to life.
// After leptos/src/hydration/island_script.js of Leptos 0.8.23, as a file, so that the Content-Security-Policy needs
// no exception for an inline script. .tools/build.mjs bundles it with the bindings that wasm-bindgen writes.

import init, * as bindings from "impasse-bindings";
import { liveFilters } from "./live_filters.js";

/** The callbacks of the <leptos-children> around the island at hand, the nearest last. */
const children = [];

async function bringToLife(node) {
  const tag = node.localName;
  if (tag === "leptos-island") {
    const island = bindings[node.dataset.component];
    if (island) {
      children.at(-1)?.();
      await island(node);
    } else {
      console.warn(`No island ${node.dataset.component} in the script.`);
    }
  }
  if (tag === "leptos-children") children.push(node.$$on_hydrate);
  for (const child of node.children) await bringToLife(child);
  if (tag === "leptos-children") children.pop();
}

if (document.querySelector("leptos-island")) {
  await init();
  bindings.hydrate();
  await bringToLife(document.body);
  liveFilters(bringToLife);
}
