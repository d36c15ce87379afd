// Work in the background, as it goes on. The server draws it; what it sends is put in place of what is there.

const part = document.querySelector("[data-live-work]");
const status = document.querySelector("#work-status");

if (part) {
  const source = new EventSource(part.dataset.liveWork);
  source.addEventListener("work", ({ data }) => {
    const { words, html } = JSON.parse(data);
    part.innerHTML = html;
    // Said by screen readers, so only when it changes.
    if (status.textContent !== words) status.textContent = words;
  });
  source.addEventListener("end", () => source.close());
}
