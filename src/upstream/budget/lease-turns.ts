import {
  FARTHEST,
  FIRST_RATE,
  GROWTH,
  HORIZON_MS,
  NEAR,
  RESERVE_FROM_RATE,
  RESERVE_SHARE,
  INTERACTIVE_AHEAD_MS,
  USED_SHARE,
  type BucketState,
} from "./bucket-rules.ts";
import type { LeaseRequest, LeaseGrant } from "./budget-store.ts";

export interface Leased extends Omit<LeaseGrant, "bucket" | "closedUntilMs"> {
  readonly state: BucketState;
}

/**
 * Returns the permits that a bucket grants at `nowMs` to one of `replicas` that have work, and the bucket's state after
 * it.
 */
export function leaseTurns(
  current: BucketState,
  ask: Omit<LeaseRequest, "bucket">,
  nowMs: number,
  replicas: number,
): Leased {
  const grown = grownRate(current, ask.declared, nowMs);
  const paced = ask.pace === undefined ? current : withPace(current, ask.pace, nowMs);
  const rate = Math.min(grown, paced.paceUntilMs > nowMs ? (paced.paceRate ?? grown) : grown);
  const intervalMs = 1_000 / (rate * USED_SHARE);
  const reserve = rate < RESERVE_FROM_RATE ? 0 : Math.max(1, Math.floor(rate * RESERVE_SHARE));
  const horizonMs = reserve === 0 ? intervalMs : Math.max(HORIZON_MS, replicas * intervalMs);
  const state: BucketState = { ...paced, rate: grown, rateAtMs: nowMs };
  if (current.closedUntilMs > nowMs) {
    const askAgainMs = current.closedUntilMs;
    return { state, immediate: 0, turns: 0, startMs: askAgainMs, intervalMs, askAgainMs, rate };
  }
  const nextTurnMs = Math.max(nowMs, sane(current.nextTurnMs, nowMs, intervalMs));
  const { immediate, reserveMs } = outOfTurn(current, ask.interactive, {
    nowMs,
    aheadMs: nextTurnMs - nowMs,
    spanMs: horizonMs + (1 + reserve / 2) * intervalMs,
    reserve,
  });
  const startMs = nextTurnMs + immediate * intervalMs;
  const block = Math.ceil(horizonMs / intervalMs / Math.max(2, replicas));
  const room = Math.max(0, Math.floor((nowMs + horizonMs - startMs) / intervalMs) + 1);
  const turnsAhead = Math.max(0, Math.floor((nowMs + INTERACTIVE_AHEAD_MS - startMs) / intervalMs) + 1);
  const interactive = Math.min(ask.interactive - immediate, turnsAhead);
  const turns = interactive + Math.min(ask.needed, block, Math.max(0, room - interactive));
  const endMs = startMs + turns * intervalMs;
  return {
    state: { ...state, nextTurnMs: endMs, reserveMs },
    immediate,
    turns,
    startMs,
    intervalMs,
    // Time at which one replica's share fits into the horizon again, so that each call to the store is worthwhile.
    askAgainMs: endMs - horizonMs + (block - 1) * intervalMs,
    rate,
  };
}

/**
 * Returns the increased rate. Only a rate that is fully used grows, by at most one second's growth at a time: a higher
 * rate is not proven by unused permits.
 */
function grownRate(current: BucketState, declared: number | undefined, nowMs: number): number {
  const limit = declared ?? Infinity;
  if (current.rate === undefined) return declared ?? FIRST_RATE;
  const isUsedUp = current.nextTurnMs >= nowMs - 50;
  const seconds = isUsedUp ? Math.min(1_000, Math.max(0, nowMs - current.rateAtMs)) / 1_000 : 0;
  return Math.min(limit, current.rate + growthPerSecond(current.rate, current.ceiling) * seconds);
}

function growthPerSecond(rate: number, ceiling: number | undefined): number {
  if (ceiling === undefined) return rate * GROWTH.unknown;
  if (rate < NEAR.from * ceiling) return ceiling * GROWTH.below;
  return ceiling * (rate <= NEAR.to * ceiling ? GROWTH.near : GROWTH.beyond);
}

function withPace(current: BucketState, pace: NonNullable<LeaseRequest["pace"]>, nowMs: number): BucketState {
  return { ...current, paceRate: pace.rate, paceUntilMs: nowMs + pace.forMs };
}

function sane(nextTurnMs: number, nowMs: number, intervalMs: number): number {
  const farthestMs = Math.max(FARTHEST.ms, FARTHEST.intervals * intervalMs);
  return nextTurnMs > nowMs + farthestMs ? nowMs : nextTurnMs;
}

interface Line {
  readonly nowMs: number;
  /** Time until the next turn. */
  readonly aheadMs: number;
  /**
   * Maximum time until the next turn after work that can wait has leased its horizon and a reserve was drawn. A longer
   * queue consists of interactive work, and each permit out of turn would be one call too many until the queue has
   * passed.
   */
  readonly spanMs: number;
  /** Permits out of turn within one span. */
  readonly reserve: number;
}

/** Returns how many of the interactive permits may be granted out of turn. */
function outOfTurn(current: BucketState, interactive: number, line: Line): { immediate: number; reserveMs: number } {
  const { nowMs, aheadMs, spanMs, reserve } = line;
  if (aheadMs <= 1 || aheadMs > spanMs || reserve === 0) return { immediate: 0, reserveMs: current.reserveMs };
  // One span has room for this many at once and one per interval: the reserve.
  const atOnce = Math.ceil(reserve / 2);
  const everyMs = spanMs / (reserve - atOnce + 1);
  const toleranceMs = (atOnce - 1) * everyMs;
  const fullMs = Math.max(nowMs, sane(current.reserveMs, nowMs, everyMs));
  const available = Math.max(0, Math.floor((toleranceMs - (fullMs - nowMs)) / everyMs) + 1);
  const immediate = Math.min(interactive, available);
  return { immediate, reserveMs: fullMs + immediate * everyMs };
}
