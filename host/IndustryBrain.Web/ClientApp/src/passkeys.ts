// Forms with data-passkey ask the browser for a passkey when they are sent: what it answers goes into their field "Credential". They stay hidden where there are no passkeys.
async function answer(form: HTMLFormElement): Promise<void> {
  const options: unknown = JSON.parse(form.dataset["options"] ?? "{}");
  const refusal = form.querySelector<HTMLElement>("[data-refused]");
  const field = form.elements.namedItem("Credential");
  if (refusal) refusal.hidden = true;
  try {
    const credential = form.dataset["passkey"] === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON) });
    if (!credential || !(field instanceof HTMLInputElement)) return;
    field.value = JSON.stringify(credential);
    form.submit();
  } catch {
    // The person turned it down, the time was over, or the device has none: a browser does not say which.
    if (refusal) refusal.hidden = false;
  }
}

if (window.PublicKeyCredential && "parseRequestOptionsFromJSON" in PublicKeyCredential) {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void answer(form);
    });
  }
}
