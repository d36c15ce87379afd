// Lets the frames of Impasse in a page grow with what is in them. A frame says how high it is; nothing else is taken
// from it, and from nobody else.
addEventListener("message", ({ data, source, origin }) => {
  const height = Number(data?.impasse?.height);
  if (!(height > 0)) return;
  for (const frame of document.querySelectorAll("iframe[data-impasse]")) {
    if (frame.contentWindow === source && new URL(frame.src).origin === origin) frame.style.height = `${Math.min(Math.ceil(height), 20000)}px`;
  }
});
