// The inbox by keyboard, and without a new page for every decision. The server decides and draws; only the part of the
// page that shows the candidates is exchanged, so that the focus goes on to the next one.

const KEYS = { a: "accept", r: "reject", e: "edit" };

const inbox = () => document.querySelector("#inbox");
const cards = () => [...inbox().querySelectorAll(".card")];
const ticks = () => [...inbox().querySelectorAll(".card-tick")];
const here = () => document.activeElement?.closest("#inbox .card");

function go(at) {
  const all = cards();
  const card = all[Math.max(0, Math.min(at, all.length - 1))];
  card?.focus();
  card?.scrollIntoView({ block: "nearest" });
}

/** Makes cards able to hold the focus: one is in the tab order, the others follow by keys. */
function ready() {
  for (const [at, card] of cards().entries()) card.tabIndex = at === 0 ? 0 : -1;
}

/** Sends a form as it would be sent without this script, and shows the page that it leads to in place. */
async function send(form, submitter) {
  const focused = here();
  const at = focused ? cards().indexOf(focused) : -1;
  inbox().setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(form, submitter));
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("#inbox");
  if (!fresh) {
    // Signed out, decided meanwhile, or no answer: the server says so in a page of its own.
    inbox().removeAttribute("aria-busy");
    form.requestSubmit(submitter);
    return;
  }
  history.replaceState(null, "", answer.url);
  inbox().replaceWith(fresh);
  ready();
  document.querySelector("#inbox-said").textContent = [
    fresh.querySelector("#inbox-told p")?.textContent,
    fresh.querySelector("#inbox-count").textContent,
  ].filter(Boolean).join(" ");
  if (cards().length > 0) go(Math.max(at, 0));
  else fresh.querySelector("#inbox-count").setAttribute("tabindex", "-1");
}

/** Opens the choice of the event that a candidate is the same as. */
function merge(card) {
  const choice = card.querySelector(".card-merge");
  if (!choice) return;
  choice.open = true;
  choice.querySelector("select").focus();
}

let asked = null;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#inbox")) return;
  // The second time round, after an answer that was no inbox, the browser does it by itself.
  if (asked === form) return;
  event.preventDefault();
  asked = form;
  send(form, event.submitter).finally(() => (asked = null));
});

document.addEventListener("keydown", (event) => {
  const card = here();
  if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("select, input:not([type=checkbox]), textarea")) return;
  const at = cards().indexOf(card);
  const does = {
    j: () => go(at + 1),
    ArrowDown: () => go(at + 1),
    k: () => go(at - 1),
    ArrowUp: () => go(at - 1),
    Home: () => go(0),
    End: () => go(cards().length - 1),
    x: () => card.querySelector(".card-tick")?.click(),
    m: () => merge(card),
    u: () => inbox().querySelector("[data-key=undo]")?.click(),
  }[event.key];
  const button = card.querySelector(`[data-key=${KEYS[event.key] ?? "none"}]`);
  if (!does && !button) return;
  event.preventDefault();
  if (does) does();
  else button.click();
});

document.addEventListener("change", ({ target }) => {
  if (target.id === "inbox-all") for (const tick of ticks()) tick.checked = target.checked;
  else if (target.matches(".card-tick")) {
    const all = document.querySelector("#inbox-all");
    const ticked = ticks().filter((tick) => tick.checked).length;
    all.checked = ticked === ticks().length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
});

ready();
