import { costOf, isSubjectTo, type Limit, type LimitedRequest } from "./limit.ts";
import type { Meter } from "./meter.ts";
import { createMeter } from "./meters.ts";

/** A limit that a request is subject to. */
export interface Charge {
  readonly limit: Limit;
  /** Number of permits that it takes, or would have taken. */
  readonly cost: number;
  /** Waiting time until there are enough permits; 0 if there are enough. */
  readonly waitMs: number;
  readonly meter: Meter;
}

/** Result of checking a request against all limits that it is subject to. */
export interface Admission {
  readonly charges: readonly Charge[];
  /** The limit with the longest waiting time; undefined when the request is admitted. */
  readonly refusedBy: Charge | undefined;
}

/** The active limits, with their state. */
export interface Limits {
  /**
   * Replaces the active limits. A limit that is already active (the same object) keeps its state; others begin full.
   */
  replace(limits: readonly Limit[]): void;
  list(): readonly Limit[];
  /**
   * Takes permits of every limit that a request is subject to, or none of any.
   * @param nowMs milliseconds since 1970; must not decrease
   */
  admit(request: LimitedRequest, nowMs: number): Admission;
}

const FREE: Admission = { charges: [], refusedBy: undefined };

/** Represents all keys where they share one state. */
const EVERY_KEY = "*";

/** Creates an empty set of limits. */
export function createLimits(): Limits {
  let limits: readonly Limit[] = [];
  let meters = new Map<Limit, Map<string, Meter>>();
  let byKey = new Map<string, readonly (readonly [limit: Limit, meter: Meter])[]>();
  const meterOf = (limit: Limit, key: string): Meter => {
    const owner = limit.shared ? EVERY_KEY : key;
    const meter = meters.get(limit)?.get(owner) ?? createMeter(limit.rule);
    meters.get(limit)?.set(owner, meter);
    return meter;
  };
  const metersOf = (key: string) => {
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const holding = limits.filter(({ keys }) => keys === undefined || keys.includes(key));
    const own = holding.map((limit) => [limit, meterOf(limit, key)] as const);
    byKey.set(key, own);
    return own;
  };
  return {
    list: () => limits,
    replace(next) {
      limits = next;
      meters = new Map(next.map((limit) => [limit, meters.get(limit) ?? new Map<string, Meter>()]));
      byKey = new Map();
    },
    admit(request, nowMs) {
      if (limits.length === 0) return FREE;
      const charges = chargesOf(metersOf(request.key), request, nowMs);
      const refusedBy = charges.reduce<Charge | undefined>(
        (worst, charge) => (charge.waitMs > (worst?.waitMs ?? 0) ? charge : worst),
        undefined,
      );
      if (refusedBy === undefined) for (const { meter, cost } of charges) meter.take(cost, nowMs);
      return { charges, refusedBy };
    },
  };
}

/** Returns the permits that an admitted request used while it was in progress. */
export function release({ charges, refusedBy }: Admission): void {
  if (refusedBy === undefined) for (const { meter, cost } of charges) meter.release(cost);
}

function chargesOf(
  meters: readonly (readonly [Limit, Meter])[],
  request: LimitedRequest,
  nowMs: number,
): readonly Charge[] {
  const charges: Charge[] = [];
  for (const [limit, meter] of meters) {
    if (!isSubjectTo(limit, request)) continue;
    const cost = costOf(limit, request);
    charges.push({ limit, cost, waitMs: meter.waitMs(cost, nowMs), meter });
  }
  return charges;
}
