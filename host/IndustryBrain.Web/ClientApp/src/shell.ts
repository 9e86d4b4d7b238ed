export { attachDraft, forgetDraft, keepDraft, restoreTyped } from "./drafts";
// Small services of the browser for the shell and the forms. No state of the document lives here.
interface StreamReference { arrayBuffer(): Promise<ArrayBuffer> }
interface DotNetObject { invokeMethodAsync(method: string, ...args: unknown[]): Promise<unknown> }
export interface Attached { dispose(): void }

const yearSeconds = 31_536_000;

function setCookie(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${yearSeconds}; samesite=lax${secure}`;
}

export function setTheme(dark: boolean): void {
  document.documentElement.dataset["theme"] = dark ? "dark" : "light";
  setCookie("ib-theme", dark ? "dark" : "light");
}

export function setRail(rail: boolean): void {
  setCookie("ib-nav", rail ? "rail" : "wide");
}

export function setLanguage(culture: string): void {
  setCookie(".AspNetCore.Culture", `c=${culture}|uic=${culture}`);
  const url = new URL(location.href);
  url.searchParams.delete("culture");
  if (url.href === location.href) location.reload();
  else location.replace(url.href);
}

export async function download(name: string, mediaType: string, content: StreamReference): Promise<void> {
  const url = URL.createObjectURL(new Blob([await content.arrayBuffer()], { type: mediaType }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function focus(id: string): void {
  const element = document.getElementById(id);
  if (!element) return;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}

/** A cell of a table of which only the rows in view are drawn: scrolls there, waits for it, moves the focus. */
export function focusRow(id: string, tableId: string, row: number): void {
  const scroll = document.getElementById(tableId)?.querySelector<HTMLElement>("[data-rows]");
  const until = performance.now() + 3000;
  // Heights are estimated while rows are not drawn: each look comes closer.
  const look = (): void => {
    if (document.getElementById(id)) { focus(id); return; }
    if (!scroll || performance.now() > until) { focus(tableId); return; }
    const drawn = [...scroll.querySelectorAll<HTMLElement>("tbody .ib-entry-number")];
    const first = Number(drawn[0]?.textContent ?? NaN) - 1;
    const height = drawn[0]?.offsetHeight ?? 0;
    const far = !(height > 0) || Math.abs(row - first) > 1000;
    scroll.scrollTop = far ? (scroll.scrollHeight * row) / Math.max(1, Number(scroll.dataset["rows"])) : scroll.scrollTop + (row - first - 3) * height;
    setTimeout(look, 120);
  };
  look();
}

/** Ctrl K (or Cmd K) anywhere, "/" outside of fields: opens the search. */
export function attachHotkeys(target: DotNetObject): Attached {
  const onKey = (event: KeyboardEvent): void => {
    const inField = event.target instanceof HTMLElement && event.target.closest("input,textarea,select,[contenteditable=true]") !== null;
    const search = ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") || (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey);
    if (!search) return;
    event.preventDefault();
    void target.invokeMethodAsync("OpenSearch");
  };
  document.addEventListener("keydown", onKey);
  return { dispose: () => document.removeEventListener("keydown", onKey) };
}

/** Keeps the focus inside an open layer and gives it back when the layer closes. */
export function attachLayer(layer: HTMLElement): Attached {
  const before = document.activeElement;
  const onKey = (event: KeyboardEvent): void => {
    // The list keeps its highlight on these keys; the caret of the field must not jump.
    if (event.key === "ArrowDown" || event.key === "ArrowUp") event.preventDefault();
    if (event.key !== "Tab") return;
    const stops = [...layer.querySelectorAll<HTMLElement>("input,button,a[href],select,textarea,[tabindex='0']")].filter((e) => !e.hasAttribute("disabled"));
    const first = stops[0];
    const last = stops[stops.length - 1];
    if (!first || !last) return;
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  };
  layer.addEventListener("keydown", onKey);
  layer.querySelector<HTMLElement>("input,button,a[href]")?.focus();
  return {
    dispose: () => {
      layer.removeEventListener("keydown", onKey);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
  };
}

/** Cells pasted from a spreadsheet go to C# as text; plain words stay with the field. */
export function attachPaste(element: HTMLElement, target: DotNetObject): Attached {
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\t\r\n]/.test(text.trim())) return;
    event.preventDefault();
    void target.invokeMethodAsync("Paste", text);
  };
  element.addEventListener("paste", onPaste);
  return { dispose: () => element.removeEventListener("paste", onPaste) };
}
