// The simulator's two doors: the stream of snapshots, and what a person does with a phone.
import { toast } from "./dom.js";

// The page is served at / and at /sim/; what it talks to is always in sim/.
const base = new URL(location.pathname.endsWith("/sim/") ? "." : "sim/", location.href);

/** Calls `show` with every snapshot and `lost` whenever the stream is away; tries again by itself. */
export function watch(show, lost) {
  const stream = new EventSource(new URL("events", base));
  stream.onmessage = message => show(JSON.parse(message.data));
  stream.onerror = () => {
    lost();
    if (stream.readyState === EventSource.CLOSED) setTimeout(watch, 2000, show, lost);
  };
}

/** Does something with a phone; says why if the simulator refuses. */
export async function act(number, action, details = {}) {
  try {
    const answer = await fetch(new URL(`phones/${encodeURIComponent(number)}/${action}`, base), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(details),
    });
    if (answer.ok) return true;
    const problem = await answer.json().catch(() => ({}));
    toast(problem.detail ?? problem.title ?? `The simulator answered ${answer.status}.`);
  } catch {
    toast("The simulator cannot be reached.");
  }
  return false;
}
