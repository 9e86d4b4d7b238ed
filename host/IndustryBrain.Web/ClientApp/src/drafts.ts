// What a person entered and has not sent, kept by the tab: the value as C# knows it, and the fields that C# has not heard of yet.
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const valueOf = (key: string): string => `ib-draft:${key}`;
const typedOf = (key: string): string => `ib-typed:${key}`;
const keys = new Map<string, string>();
const restoring = new Set<string>();
const skipped = new Set(["file", "search", "password"]);

function put(name: string, text: string): void {
  try {
    sessionStorage.setItem(name, text);
  } catch {
    // Full: an old draft would be worse than none.
    sessionStorage.removeItem(name);
  }
}

function typed(key: string): Record<string, string> {
  try {
    return JSON.parse(sessionStorage.getItem(typedOf(key)) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}

function read(field: Field): string {
  return field instanceof HTMLInputElement && field.type === "checkbox" ? String(field.checked) : field.value;
}

function write(field: Field, text: string): void {
  if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = text === "true";
  else field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function onType(event: Event): void {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) return;
  const key = field.form === null ? undefined : keys.get(field.form.id);
  if (key === undefined || field.id === "" || skipped.has(field.type)) return;
  put(typedOf(key), JSON.stringify({ ...typed(key), [field.id]: read(field) }));
}

// A connection that came back (boot.ts says so) does not know what was typed meanwhile.
function onBack(): void {
  for (const form of keys.keys()) restoreTyped(form);
}

/** Starts to keep what is typed into the form; answers the value kept before, or null. */
export function attachDraft(form: string, key: string): string | null {
  if (keys.size === 0) {
    document.addEventListener("input", onType);
    document.addEventListener("ib-connected", onBack);
  }
  keys.set(form, key);
  restoring.add(form);
  return sessionStorage.getItem(valueOf(key));
}

/** Puts half-typed fields back as if the person had just left them, so that C# hears of them. */
export function restoreTyped(form: string): void {
  const key = keys.get(form);
  if (key === undefined) return;
  for (const [id, text] of Object.entries(typed(key))) {
    const field = document.getElementById(id);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) write(field, text);
  }
  restoring.delete(form);
}

/** C# knows everything but the field that is being typed into. */
export function keepDraft(form: string, text: string): void {
  const key = keys.get(form);
  if (key === undefined) return;
  put(valueOf(key), text);
  if (restoring.has(form)) return;
  const current = document.activeElement?.id ?? "";
  const kept = typed(key)[current];
  if (kept === undefined) sessionStorage.removeItem(typedOf(key));
  else put(typedOf(key), JSON.stringify({ [current]: kept }));
}

export function forgetDraft(form: string): void {
  const key = keys.get(form);
  if (key === undefined) return;
  sessionStorage.removeItem(valueOf(key));
  sessionStorage.removeItem(typedOf(key));
}
