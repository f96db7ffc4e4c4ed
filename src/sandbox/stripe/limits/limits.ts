import { costOf, isSubjectTo, type Limit, type LimitedRequest } from "./limit.ts";
import type { Meter } from "./meter.ts";
import { createMeter } from "./meters.ts";

/** A limit that a request is subject to. */
export interface Charge {
  readonly limit: Limit;
  /** Permits that it takes, or would have taken. */
  readonly cost: number;
  /** 0 where there are enough permits. */
  readonly waitMs: number;
  readonly meter: Meter;
}

/** Whether a request passed all limits that it is subject to. */
export interface Admission {
  readonly charges: readonly Charge[];
  /** The limit that makes it wait longest; undefined when it is admitted. */
  readonly refusedBy: Charge | undefined;
}

/** The limits in force, with their state. */
export interface Limits {
  /** Puts these in force instead. One that is in force already (the same object) keeps its state, others begin full. */
  replace(limits: readonly Limit[]): void;
  list(): readonly Limit[];
  /**
   * Takes permits of every limit that a request is subject to, or none of any.
   * @param nowMs milliseconds since 1970; must not go back
   */
  admit(request: LimitedRequest, nowMs: number): Admission;
}

const FREE: Admission = { charges: [], refusedBy: undefined };

/** Stands for every key where they share one state. */
const EVERY_KEY = "*";

/** No limits. */
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

/** Gives back what an admitted request held while it was in work. */
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
