// What a browser keeps for somebody from one page to the next, such as that they want to hear nothing.

/** What is kept under a name: null if nothing is, undefined where there is nowhere to keep it, as in a frame. */
export function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return undefined;
  }
}

/** Keeps something under a name, or nothing any more; where that cannot be, it lasts no longer than the page. */
export function store(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // There is nowhere to keep it.
  }
}
