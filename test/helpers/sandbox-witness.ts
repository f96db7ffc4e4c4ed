import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { eventually } from "./eventually.ts";
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

/** What a sandbox saw of the key that a test uses. Its README, "Limits", says what the figures are. */
export type Sight = z.infer<typeof counts>;

/** Since the counters were last reset. */
export async function look({ control, apiKey }: StripeProcess): Promise<Sight> {
  const { keys } = z.object({ keys: z.record(z.string(), counts) }).parse(await control("GET", "counters"));
  const sight = keys[apiKey];
  if (sight === undefined) throw new Error("the sandbox does not know its own key");
  return sight;
}

/** What it sees from now on for so long: a span that is measured, not a wait for something. */
export async function watch(stripe: StripeProcess, ms: number): Promise<Sight> {
  await stripe.control("DELETE", "counters");
  await pause(ms);
  return look(stripe);
}

/** Of the permits that a limit gives, the part that was used between the first call seen and the last. */
export function usedShare(sight: Sight, perSecond: number): number {
  const spanMs = (sight.lastAtMs ?? 0) - (sight.firstAtMs ?? 0);
  // The first call stands at the beginning of the span: one less fits in.
  return (sight.accepted - 1 + sight.foreignAccepted) / ((perSecond * spanMs) / 1_000);
}

/** Looks now and then until what it sees is as asked for; resolves with that sight. */
export function watchUntil(
  what: string,
  stripe: StripeProcess,
  isSo: (sight: Sight) => boolean,
  timeoutMs = 40_000,
): Promise<Sight> {
  const lookNow = async (): Promise<Sight | undefined> => {
    await pause(250); // looking costs the witness time that the calls need
    const sight = await look(stripe);
    return isSo(sight) ? sight : undefined;
  };
  return eventually(what, lookNow, timeoutMs);
}

/** Calls accepted in each of the last whole seconds, oldest first; fewer than asked for while there are none. */
export function lastSeconds({ perSecond }: Sight, count: number): readonly number[] {
  return perSecond.slice(-count - 1, -1).map(([, accepted]) => accepted);
}
