import { z } from "zod";
import { callControlText } from "../../sandbox/shared/call-control.ts";
import { createSlidingPeak } from "../../sandbox/stripe/arrivals/sliding-peak.ts";
import { steadyMs } from "../../sandbox/stripe/arrivals/steady-clock.ts";
import type { StripeProcess } from "./stripe-process.ts";

const arrival = z.object({ atMs: z.number(), sinceMs: z.number(), key: z.string() });

/** Interval between two checks of the machine. */
const TICK_MS = 5;
/** Pause in which the machine scheduled no process: calls due meanwhile were sent late. */
const PAUSE_MS = 6;
/** Time for which a delayed process remains late afterwards. */
const AFTER_MS = 25;

/** Records when this idle process was not scheduled, so that the working processes were not scheduled either. */
export interface PauseWatch extends Disposable {
  /** Earliest time at which a call that arrived at `atMs` would have arrived on a dedicated machine. */
  sinceMs(atMs: number): number;
}

export function watchPauses(): PauseWatch {
  const pauses: { readonly fromMs: number; readonly toMs: number }[] = [];
  let lookedMs = steadyMs();
  const timer = setInterval(() => {
    const nowMs = steadyMs();
    if (nowMs - lookedMs > TICK_MS + PAUSE_MS) pauses.push({ fromMs: lookedMs, toMs: nowMs });
    lookedMs = nowMs;
  }, TICK_MS);
  return {
    sinceMs: (atMs) => pauses.find(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs + AFTER_MS)?.fromMs ?? atMs,
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/**
 * Largest number of calls of the sandbox's key that were certainly within one second, since its counters were reset.
 */
export async function certainPeak({ url, apiKey }: StripeProcess, pauses: PauseWatch): Promise<number> {
  const text = await callControlText(url, { method: "GET", path: "arrivals" });
  const peak = createSlidingPeak();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const { atMs, sinceMs, key } = arrival.parse(JSON.parse(line));
    if (key === apiKey) peak.add(atMs, 1, Math.min(sinceMs, pauses.sinceMs(atMs)));
  }
  return peak.peak();
}
