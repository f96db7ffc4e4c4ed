import type { Faults } from "../../shared/faults.ts";
import type { StripeError } from "../errors.ts";
import { claimOf } from "../limits/claim.ts";
import type { ForeignConsumers } from "../limits/foreign.ts";
import { limitHeaders } from "../limits/limit-headers.ts";
import { release, type Limits } from "../limits/limits.ts";
import { refusalOf } from "../limits/refusal.ts";
import type { RequestCounters, Visit } from "./counters.ts";
import type { Keys } from "./keys.ts";
import { patternOf } from "./path-pattern.ts";
import { refusalAtDoor } from "./refusals.ts";

export interface GateOptions {
  readonly keys: Keys;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly foreign: ForeignConsumers;
  readonly counters: RequestCounters;
}

/** What is known of a request before its body is read. */
export interface Knock {
  /** Milliseconds since 1970; must not go back. */
  readonly atMs: number;
  /** It cannot have arrived before. */
  readonly sinceMs: number;
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly idempotencyKey: string | undefined;
}

/** A request that was judged at its arrival. */
export interface Guest extends Visit {
  /** 401, 403 or 429; undefined when it may go on. */
  readonly refusal: StripeError | undefined;
  /** Headers of the limits that it was subject to, as they stand at `nowMs`. */
  limitHeaders(nowMs: number): Readonly<Record<string, string>>;
}

const NO_HEADERS = {};
const NOT_ASKED = { charges: [], refusedBy: undefined };

/**
 * Judges and counts a request at once, so that requests are judged in the order and at the time of their arrival,
 * however slowly their bodies come.
 */
export function enter({ keys, faults, limits, foreign, counters }: GateOptions, knock: Knock): Guest {
  const { atMs, sinceMs, method, path, idempotencyKey = null } = knock;
  const { key, refusal: unknown } = keys.identify(knock.authorization);
  const pattern = patternOf(path);
  foreign.advance(atMs);
  const early = unknown ?? refusalAtDoor(faults, path, key);
  const admission = early === undefined ? limits.admit({ key, method, path, pattern }, atMs) : NOT_ASKED;
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
      const telling = charges.filter(({ limit }) => limit.headers !== "none");
      return limitHeaders(telling.map(({ limit, meter }) => claimOf(limit, meter.reading(nowMs), nowMs)));
    },
  };
}
