// Views of a dispute that one goes through without leaving the page. Links, forms and filters ask the server for the
// view, as they would without a script; only the parts of the page that show it are exchanged, so that nothing jumps
// and focus stays where it is.

/** How long to wait for more while somebody types, in milliseconds. */
const PAUSE = 250;

/**
 * Puts date fields in their places. They are sent within `noscript`: a browser that makes its first one reads what the
 * dates of its language look like, which takes as long as reading all the rest of the page.
 */
export function fillIn(within) {
  // What is parsed apart from the page has them as elements, the page itself as text.
  for (const kept of within.querySelectorAll(".tl-date noscript")) kept.outerHTML = kept.textContent || kept.innerHTML;
}

/** Returns what shows the view at an address. */
export function liveViews(bringToLife) {
  // An embedded timeline has none.
  const filters = document.querySelector("#filters");
  if (!document.querySelector("#view")) return null;
  let timer = 0;
  let last = 0;

  /** This view with the fields of a form as they are now. */
  const asked = (form) => {
    const query = new URLSearchParams(location.search);
    const fields = [...form.elements].filter(({ name, type }) => name && type !== "hidden");
    for (const { name } of fields) query.delete(name);
    for (const { name, value, type, checked } of fields) if (value && (type !== "checkbox" || checked)) query.append(name, value);
    return `${location.pathname}?${query}`;
  };

  /** What is the same in another view as something with the focus in this one. */
  const same = (within, it) => {
    if (it?.id) return document.getElementById(it.id);
    const words = it?.textContent;
    return [...within.querySelectorAll("a, summary")].find((other) => (it.rel ? other.rel === it.rel : other.textContent === words));
  };

  /** Exchanges the view. `from` is what was clicked, `keep` what is done to the history. */
  async function show(wanted, keep, from) {
    clearTimeout(timer);
    const nth = (last += 1);
    const answer = await fetch(wanted).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (nth !== last) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("#view");
    if (!fresh) {
      location.assign(wanted);
      return;
    }
    fillIn(fresh);
    if (keep) history[keep](null, "", answer.url);
    const old = document.querySelector("#view");
    const focused = from ?? (old.contains(document.activeElement) ? document.activeElement : null);
    const opened = fresh.querySelector(".pn") && !old.querySelector(".pn");
    for (const { id } of old.querySelectorAll("details[open]")) fresh.querySelector(`#${id}`)?.setAttribute("open", "");
    document.documentElement.dataset.exchanged = "";
    old.replaceWith(fresh);
    for (const part of filters?.querySelectorAll("[id^=n-], #clear, #chosen") ?? []) part.replaceWith(page.getElementById(part.id) ?? "");
    const found = document.querySelector("#found");
    if (found) found.textContent = fresh.querySelector("[role=status]")?.textContent ?? "";
    const next = opened ? fresh.querySelector(".pn") : focused && same(fresh, focused);
    next?.focus({ preventScroll: true });
    await bringToLife(fresh);
    document.dispatchEvent(new Event("impasse:shown"));
  }

  filters?.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(asked(filters), "replaceState"), PAUSE);
  });
  // The slider replays the events at once; what else there is to a day, such as the legend, follows when it rests.
  document.addEventListener("input", ({ target }) => {
    if (target.id !== "tl-slider") return;
    clearTimeout(timer);
    last += 1;
  });
  document.addEventListener("change", ({ target }) => {
    if (target.id === "tl-slider") timer = setTimeout(() => show(location.href), PAUSE);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || (form !== filters && !form.closest("#view"))) return;
    event.preventDefault();
    show(asked(form), "replaceState");
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#view a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.pathname !== location.pathname || link.hash) return;
    event.preventDefault();
    show(link.href, "pushState", link);
  });
  // A sheet closes where one goes on elsewhere.
  const leave = (target) => {
    for (const sheet of document.querySelectorAll(".tl-menu[open]")) if (!sheet.contains(target)) sheet.open = false;
  };
  document.addEventListener("pointerdown", ({ target }) => leave(target));
  document.addEventListener("keydown", (event) => {
    const sheet = event.key === "Escape" && event.target.closest(".tl-menu[open]");
    if (!sheet) return;
    sheet.open = false;
    sheet.querySelector("summary").focus();
  });
  // A step within the page, as to #share, is no other view.
  addEventListener("popstate", () => location.hash || show(location.href));
  return show;
}
