import { keepPresses } from "./press";

// Starts Blazor and shows a lost connection as a bar: the page stays readable and comes back by itself.
interface ReconnectEvent extends Event { readonly detail?: { readonly state?: string } }
interface ConnectionBuilder { withServerTimeout(milliseconds: number): ConnectionBuilder }
interface BlazorHandle {
  start(options: {
    circuit: {
      configureSignalR: (builder: ConnectionBuilder) => void;
      reconnectionOptions: { maxRetries: number; retryIntervalMilliseconds: (attempt: number) => number };
    };
  }): Promise<void>;
}
declare const Blazor: BlazorHandle;

const probeEveryMs = 2000;
// As long as the server waits for the page: who is busy for half a minute is not gone, and a connection that breaks says so at once.
const silenceMs = 60_000;
const probe = document.documentElement.dataset["probe"] ?? "/";
let waiting = false;

/** The server no longer knows this page (it was restarted): open it again as soon as somebody answers. */
async function reopen(): Promise<void> {
  if (waiting) return;
  waiting = true;
  for (;;) {
    try {
      const answer = await fetch(probe, { cache: "no-store" });
      if (answer.ok) break;
    } catch {
      // Still away.
    }
    await new Promise((resolve) => setTimeout(resolve, probeEveryMs));
  }
  location.reload();
}

function watch(bar: HTMLElement): void {
  bar.addEventListener("components-reconnect-state-changed", (event) => {
    const state = (event as ReconnectEvent).detail?.state;
    bar.hidden = state === "hide";
    if (state === "hide") document.dispatchEvent(new Event("ib-connected"));
    if (state === "failed" || state === "rejected") void reopen();
  });
}

keepPresses();
const bar = document.getElementById("components-reconnect-modal");
if (bar) watch(bar);
void Blazor.start({
  circuit: {
    configureSignalR: (builder) => builder.withServerTimeout(silenceMs),
    reconnectionOptions: { maxRetries: 100_000, retryIntervalMilliseconds: (attempt) => Math.min(500 * (attempt + 1), 5000) },
  },
});
