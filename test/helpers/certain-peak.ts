import { z } from "zod";
import { createSlidingPeak } from "../../src/sandbox/stripe/arrivals/sliding-peak.ts";
import { steadyMs } from "../../src/sandbox/stripe/arrivals/steady-clock.ts";
import type { StripeProcess } from "./stripe-process.ts";

const arrival = z.object({ atMs: z.number(), sinceMs: z.number(), key: z.string() });

/** Between two looks at the machine. */
const TICK_MS = 5;
/** The machine gave nobody a turn for so long: what was to be sent meanwhile was sent late. */
const PAUSE_MS = 6;
/** Who was kept waiting is behind time for so long afterwards. */
const AFTER_MS = 25;

/** Notes when this idle process was given no turn, so that the processes at work were not given theirs either. */
export interface PauseWatch extends Disposable {
  /** The earliest that what arrived at `atMs` would have arrived on a machine of its own. */
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

/** Most calls of the sandbox's key that were within one second for certain, since its counters were reset. */
export async function certainPeak({ url, apiKey }: StripeProcess, pauses: PauseWatch): Promise<number> {
  const text = await (await fetch(`${url}/_sandbox/arrivals`, { signal: AbortSignal.timeout(20_000) })).text();
  const peak = createSlidingPeak();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const { atMs, sinceMs, key } = arrival.parse(JSON.parse(line));
    if (key === apiKey) peak.add(atMs, 1, Math.min(sinceMs, pauses.sinceMs(atMs)));
  }
  return peak.peak();
}
