// Passkeys: a form with data-passkey holds the options of the ceremony as JSON; its button asks the browser, and sends the answer.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const credentials = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

const create = async ({ publicKey: options }) => {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: credentials(options.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
    clientExtensionResults: made.getClientExtensionResults(),
  };
};

const get = async ({ publicKey: options }) => {
  const used = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: credentials(options.allowCredentials) },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = used.response;
  return {
    id: used.id,
    rawId: text(used.rawId),
    type: used.type,
    response: {
      authenticatorData: text(authenticatorData),
      clientDataJSON: text(clientDataJSON),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    },
    clientExtensionResults: used.getClientExtensionResults(),
  };
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const status = form.querySelector("[data-passkey-status]");
  const button = form.querySelector("[data-passkey-start]");
  button.addEventListener("click", async () => {
    const data = JSON.parse(form.querySelector("script[type='application/json']").textContent);
    status.textContent = "Your browser is asking…";
    try {
      const answer = data.creation_options ? await create(data.creation_options) : await get(data.request_options ?? data);
      form.querySelector("[data-passkey-answer]").value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      status.textContent = error.name === "InvalidStateError" ? "This passkey is known here already." : "It was not done. Try again, or choose another way.";
    }
  });
}
