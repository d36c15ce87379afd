// Passkeys: adds one to an account, and signs in with one. The server says what the browser is to ask of a device, and
// judges what the device answers; this carries the one to the other.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Something to be said by the words of this name, or by what the server said. */
class Failure extends Error {
  constructor(name, message = "") {
    super(message);
    this.name = name;
  }
}

/** Sends a form, and gives what the server answers; throws its words if it refuses. */
async function send(address, body) {
  const answer = await fetch(address, { method: "POST", headers: { accept: "application/json" }, body }).catch(() => null);
  if (!answer) throw new Failure("Unanswered");
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  if (answer.status === 401) throw new Failure("SignedOut");
  throw new Failure("Refused", said.errors?.map((error) => error.message).join(" ") || said.title);
}

/** Has a device make a passkey. */
async function make({ publicKey }) {
  publicKey.challenge = bytes(publicKey.challenge);
  publicKey.user.id = bytes(publicKey.user.id);
  for (const known of publicKey.excludeCredentials ?? []) known.id = bytes(known.id);
  const made = await navigator.credentials.create({ publicKey });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: { attestationObject: text(made.response.attestationObject), clientDataJSON: text(made.response.clientDataJSON) },
    clientExtensionResults: { credProps: made.getClientExtensionResults().credProps },
  };
}

/** Has whichever passkey is chosen sign what the server asks. */
async function sign({ publicKey }) {
  publicKey.challenge = bytes(publicKey.challenge);
  const signed = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = signed.response;
  return {
    id: signed.id,
    rawId: text(signed.rawId),
    type: signed.type,
    response: {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle && text(userHandle),
    },
  };
}

async function go(form) {
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  const body = new URLSearchParams(new FormData(form));
  button.disabled = true;
  // What is said, by the names of exceptions: those that browsers throw, and those above.
  const words = JSON.parse(form.dataset.words);
  status.textContent = words.Asked;
  try {
    const asked = await send(`${form.action}/start`, body);
    const answer = await (form.dataset.passkey === "add" ? make : sign)(asked);
    body.set("credential", JSON.stringify(answer));
    const { to } = await send(form.action, body);
    location.assign(to);
  } catch (error) {
    status.textContent = (words[error.name] ?? error.message) || words.Failed;
    button.disabled = false;
    button.focus();
  }
}

// Without passkeys, or at another address than theirs, nothing is offered.
if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (form.dataset.origin !== location.origin) continue;
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(form);
    });
  }
}
