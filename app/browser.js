// The script of every page: where the page has islands, loads the WebAssembly and brings them to life. A file and not
// a part of the page, so that the Content-Security-Policy needs no exception for it. .tools/build.mjs bundles it with
// the bindings that wasm-bindgen writes.

import init, * as bindings from "impasse-bindings";
import { liveFilters } from "./live_filters.js";

/** Calls the function of each island inside an element: app/src/islands has one of the name that stands in the page. */
function bringToLife(within) {
  for (const island of within.querySelectorAll("[data-island]")) bindings[island.dataset.island](island);
}

if (document.querySelector("[data-island]")) {
  await init();
  bringToLife(document.body);
  liveFilters(bringToLife);
  // The field to share by follows the address, which the timeline and the filters change.
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("input[data-live]")) target.value = location.href;
  });
}
