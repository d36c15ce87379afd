// Passkeys: adds one to an account, and signs in with one. The server says what the browser is to ask of a device, and
// judges what the device answers; this carries the one to the other.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Why a browser did not do it, by the name of its exception. */
const REASONS = {
  NotAllowedError: "Nothing was done: it was cancelled, or took too long.",
  AbortError: "Nothing was done: it was cancelled.",
  InvalidStateError: "This device has a passkey for your account already.",
  NotSupportedError: "This device can keep no passkey that this site takes.",
  ConstraintError: "This device can keep no passkey that is opened by a fingerprint, a face or a PIN.",
  SecurityError: "Passkeys cannot be used at this address.",
};

/** Sends a form, and gives what the server answers; throws its words if it refuses. */
async function send(address, body) {
  const answer = await fetch(address, { method: "POST", headers: { accept: "application/json" }, body }).catch(() => null);
  if (!answer) throw new Error("The server did not answer. Try again.");
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  if (answer.status === 401) throw new Error("You are signed out. Load this page again to sign in.");
  throw new Error(said.errors?.map((error) => error.message).join(" ") || said.title || "That did not work. Try again.");
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
  status.textContent = "Follow what your browser asks.";
  try {
    const asked = await send(`${form.action}/start`, body);
    const answer = await (form.dataset.passkey === "add" ? make : sign)(asked);
    body.set("credential", JSON.stringify(answer));
    const { to } = await send(form.action, body);
    location.assign(to);
  } catch (error) {
    status.textContent = REASONS[error.name] ?? error.message;
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
