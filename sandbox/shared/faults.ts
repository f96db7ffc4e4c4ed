import { z } from "zod";
import { createRandom } from "./random.ts";

/** All faults that can be activated. A sandbox's README.md lists which it supports and what each does there. */
export const FAULT_NAMES = [
  // Before the request has an effect.
  "latencyMs",
  "unauthorized",
  "rate429",
  "burst429",
  "lockTimeout",
  "rate500",
  "status409",
  "redirect",
  "neverRespond",
  // After the request has had its effect.
  "error500AfterEffect",
  "dropAfterEffect",
  "truncateBodies",
  "malformedBodies",
  "htmlBodies",
  "emptyBodies",
  "slowBodies",
  // The time that a response states.
  "clockBehindMs",
  "clockAheadMs",
  // Lists.
  "loopPages",
  "overlapPages",
  "expireCursors",
  // HTTP/2 and gRPC.
  "resetStreams",
  "goAway",
  "halfClose",
  "hugeBodies",
  "cutStreams",
  // Webhooks, or changes that are sent over an open connection.
  "duplicate",
  "reorder",
  "lose",
  "forge",
  "stale",
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** One active fault. */
export interface Fault {
  readonly name: FaultName;
  /** Probability from 0 to 1, for each request or delivery that matches. */
  readonly probability: number;
  /** Number of further requests that it affects; undefined for no limit. */
  readonly remaining: number | undefined;
  /** Path prefix; undefined for all paths. */
  readonly path: string | undefined;
  /** `latencyMs`, `clockBehindMs`, `clockAheadMs`: milliseconds; `slowBodies`: bytes per second. */
  readonly value: number | undefined;
  /** `rate429`: the `Retry-After` header, sent unchanged. */
  readonly retryAfter: string | undefined;
  /** `latencyMs`: up to this many additional milliseconds, uniformly distributed. */
  readonly jitterMs: number | undefined;
  /** `redirect`: the `Location` header. */
  readonly url: string | undefined;
}

const details = z.strictObject({
  probability: z.number().min(0).max(1).optional(),
  count: z.int().positive().optional(),
  path: z.string().optional(),
  value: z.number().nonnegative().optional(),
  retryAfter: z.string().optional(),
  jitterMs: z.number().nonnegative().optional(),
  url: z.url({ protocol: /^https?$/u }).optional(),
});
const setting = z.union([z.boolean(), z.number().nonnegative(), details]);
const hasUrl = (fault: z.infer<typeof setting> | undefined): boolean =>
  fault === undefined || fault === false || (typeof fault === "object" && fault.url !== undefined);

/** Body of `POST /_sandbox/faults`. `count` and `path` at the top level apply to each of the faults. */
export const faultsBody = z
  .strictObject(
    Object.fromEntries(FAULT_NAMES.map((name) => [name, setting.optional()])) as Record<
      FaultName,
      z.ZodOptional<typeof setting>
    >,
  )
  .extend({ count: z.int().positive().optional(), path: z.string().optional() })
  .refine(({ redirect }) => hasUrl(redirect), { error: "must have a url", path: ["redirect"] });

/** The active faults. */
export interface Faults {
  add(body: z.infer<typeof faultsBody>): void;
  list(): readonly Fault[];
  clear(): void;
  /**
   * Returns the fault of this name if it applies to this request now, its jitter included in `value`, and counts it.
   */
  strike(name: FaultName, path: string): Fault | undefined;
}

/** Creates an empty set. Its random numbers are seeded independently of the world's. */
export function createFaults(seed: number): Faults {
  const random = createRandom(seed ^ 0x0fa17);
  let active: Fault[] = [];
  return {
    add(body) {
      const { count, path, ...settings } = body;
      for (const name of FAULT_NAMES) {
        const value = settings[name];
        if (value !== undefined && value !== false) active = [...active, faultOf(name, value, { count, path })];
      }
    },
    list: () => active,
    clear() {
      active = [];
    },
    strike(name, path) {
      if (active.length === 0) return undefined;
      const index = active.findIndex((each) => each.name === name && path.startsWith(each.path ?? ""));
      const fault = active[index];
      if (fault === undefined || !random.chance(fault.probability)) return undefined;
      const remaining = fault.remaining === undefined ? undefined : fault.remaining - 1;
      active = active.flatMap((each, i) => (i === index ? (remaining === 0 ? [] : [{ ...fault, remaining }]) : [each]));
      return fault.jitterMs === undefined ? fault : withJitter(fault, random.next());
    },
  };
}

function withJitter(fault: Fault, draw: number): Fault {
  return { ...fault, value: (fault.value ?? 0) + (fault.jitterMs ?? 0) * draw };
}

const HAVE_VALUE: readonly FaultName[] = ["latencyMs", "slowBodies", "clockBehindMs", "clockAheadMs"];

/** A number is a value, a count or a probability, depending on the fault; above 1 it is always a count. */
function faultOf(
  name: FaultName,
  value: true | number | z.infer<typeof details>,
  shared: { readonly count: number | undefined; readonly path: string | undefined },
): Fault {
  const plain = {
    name,
    probability: 1,
    remaining: shared.count,
    path: shared.path,
    value: undefined,
    retryAfter: undefined,
    jitterMs: undefined,
    url: undefined,
  };
  if (value === true) return plain;
  if (typeof value === "object") {
    const { probability = 1, count = shared.count, path = shared.path } = value;
    const { retryAfter, jitterMs, url } = value;
    return { ...plain, probability, remaining: count, path, value: value.value, retryAfter, jitterMs, url };
  }
  if (HAVE_VALUE.includes(name)) return { ...plain, value };
  if (name === "burst429" || value > 1) return { ...plain, remaining: Math.floor(value) };
  return { ...plain, probability: value };
}
