// Filters that act as one types and ticks. The server draws the view anew, as it would without a script; only the part
// of the page that shows it is exchanged, so that focus and what is being typed stay where they are.

/** The fields of the form that are its own; the rest of the view is in the address, which the timeline keeps. */
const FIELDS = ["q", "party", "kind"];
/** How long to wait for more, in milliseconds. */
const PAUSE = 250;

export function liveFilters(bringToLife) {
  const form = document.querySelector("#filters");
  if (!form) return;
  let timer = 0;
  let last = 0;

  const address = () => {
    const query = new URLSearchParams(location.search);
    for (const name of FIELDS) query.delete(name);
    for (const [name, value] of new FormData(form)) if (FIELDS.includes(name) && value) query.append(name, value);
    return `${location.pathname}?${query}`;
  };

  async function apply() {
    clearTimeout(timer);
    const nth = (last += 1);
    const wanted = address();
    const answer = await fetch(wanted).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (nth !== last) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("#view");
    if (!fresh) {
      location.assign(wanted);
      return;
    }
    history.replaceState(history.state, "", answer.url);
    document.querySelector("#view").replaceWith(fresh);
    document.querySelector("#clear").replaceWith(page.querySelector("#clear"));
    document.querySelector("#found").textContent = fresh.querySelector("[role=status]")?.textContent ?? "";
    bringToLife(fresh);
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
}
