import type { Faults } from "../../shared/faults.ts";
import type { StripeError } from "../world/errors.ts";
import { advertisedLimitOf } from "../limits/advertised-limit.ts";
import type { ForeignConsumers } from "../limits/foreign.ts";
import { limitHeaders } from "../limits/limit-headers.ts";
import { release, type Limits } from "../limits/limits.ts";
import { refusalOf } from "../limits/refusal.ts";
import type { RequestCounters, Visit } from "./counters.ts";
import type { Keys } from "./keys.ts";
import { patternOf } from "./path-pattern.ts";
import { refusalAtDoor } from "./refusals.ts";

export interface AdmissionOptions {
  readonly keys: Keys;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly foreign: ForeignConsumers;
  readonly counters: RequestCounters;
}

/** Data about a request that is available before its body is read. */
export interface IncomingCall {
  /** Milliseconds since 1970; must not decrease. */
  readonly atMs: number;
  /** Earliest possible time of its arrival. */
  readonly sinceMs: number;
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** A request that was checked at its arrival. */
export interface Guest extends Visit {
  /** 401, 403 or 429; undefined when it may proceed. */
  readonly refusal: StripeError | undefined;
  /** Headers of the limits that it was subject to, in their state at `nowMs`. */
  limitHeaders(nowMs: number): Readonly<Record<string, string>>;
}

const NO_HEADERS = {};
const NOT_CHECKED = { charges: [], refusedBy: undefined };

/**
 * Checks and counts a request immediately, so that requests are checked in the order and at the time of their arrival,
 * however slowly their bodies arrive.
 */
export function enter({ keys, faults, limits, foreign, counters }: AdmissionOptions, call: IncomingCall): Guest {
  const { atMs, sinceMs, method, path, idempotencyKey = null } = call;
  const { key, refusal: unknown } = keys.identify(call.authorization);
  const pattern = patternOf(path);
  foreign.advance(atMs);
  const early = unknown ?? refusalAtDoor(faults, path, key);
  const admission = early === undefined ? limits.admit({ key, method, path, pattern }, atMs) : NOT_CHECKED;
  const { charges, refusedBy } = admission;
  const refusal = refusedBy === undefined ? early : refusalOf(refusedBy, atMs);
  const accepted = refusal?.status !== 429;
  const visit = counters.arrive({ atMs, sinceMs, key, method, path: pattern, idempotencyKey, accepted, admission });
  return {
    refusal,
    answered: visit.answered,
    left() {
      visit.left();
      release(admission);
    },
    limitHeaders(nowMs) {
      if (charges.length === 0) return NO_HEADERS;
      foreign.advance(nowMs);
      const reporting = charges.filter(({ limit }) => limit.headers !== "none");
      return limitHeaders(reporting.map(({ limit, meter }) => advertisedLimitOf(limit, meter.reading(nowMs), nowMs)));
    },
  };
}
