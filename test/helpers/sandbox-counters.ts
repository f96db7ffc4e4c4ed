import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { eventually, WAIT_LIMIT_MS } from "./eventually.ts";
import type { StripeProcess } from "./stripe-process.ts";

const counts = z.object({
  accepted: z.number(),
  refused: z.number(),
  foreignAccepted: z.number(),
  foreignRefused: z.number(),
  peakPerSecond: z.number(),
  peakAcceptedPerSecond: z.number(),
  firstAtMs: z.number().nullable(),
  lastAtMs: z.number().nullable(),
  perSecond: z.array(z.tuple([z.number(), z.number(), z.number()])),
});

/** Requests of a test's key as counted by a sandbox. Its README, "Limits", describes the figures. */
export type CounterSample = z.infer<typeof counts>;

/** Reads the counts since the last reset of the counters. */
export async function look({ control, apiKey }: StripeProcess): Promise<CounterSample> {
  const { keys } = z.object({ keys: z.record(z.string(), counts) }).parse(await control("GET", "counters"));
  const sample = keys[apiKey];
  if (sample === undefined) throw new Error("the sandbox does not know its own key");
  return sample;
}

/**
 * Counts from now on while `change` happens and for this duration after it: the duration is measured, it is not a wait
 * for an event.
 */
export async function watch(
  stripe: StripeProcess,
  ms: number,
  change: () => Promise<unknown> = () => Promise.resolve(),
): Promise<CounterSample> {
  await stripe.control("DELETE", "counters");
  await change();
  await pause(ms);
  return look(stripe);
}

/** Used fraction of the permits that a limit allows, between the first and the last observed call. */
export function usedShare(sample: CounterSample, perSecond: number): number {
  const spanMs = (sample.lastAtMs ?? 0) - (sample.firstAtMs ?? 0);
  // The first call is at the beginning of the period, so one less fits in.
  return (sample.accepted - 1 + sample.foreignAccepted) / ((perSecond * spanMs) / 1_000);
}

/** Reads the counts periodically until the condition is met; resolves with these counts. */
export function watchUntil(
  what: string,
  stripe: StripeProcess,
  isSo: (sample: CounterSample) => boolean,
  timeoutMs = WAIT_LIMIT_MS,
): Promise<CounterSample> {
  const lookNow = async (): Promise<CounterSample | undefined> => {
    await pause(250); // reading the counts uses time of the sandbox that the calls need
    const sample = await look(stripe);
    return isSo(sample) ? sample : undefined;
  };
  return eventually(what, lookNow, timeoutMs);
}

/** Calls accepted in each of the last complete seconds, oldest first; fewer than requested if there are not enough. */
export function lastSeconds({ perSecond }: CounterSample, count: number): readonly number[] {
  return perSecond.slice(-count - 1, -1).map(([, accepted]) => accepted);
}
