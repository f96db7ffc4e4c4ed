import {
  FARTHEST,
  FIRST_RATE,
  GROWTH,
  HORIZON_MS,
  NEAR,
  RESERVE_FROM_RATE,
  RESERVE_SHARE,
  URGENT_AHEAD_MS,
  USED_SHARE,
  type BucketState,
} from "./bucket-rules.ts";
import type { LeaseAsk } from "./budget-store.ts";

export interface Leased {
  readonly state: BucketState;
  readonly immediate: number;
  readonly turns: number;
  readonly startMs: number;
  readonly intervalMs: number;
  readonly askAgainMs: number;
  readonly rate: number;
}

/** What a bucket gives at `nowMs` to one of `replicas` that have work, and the bucket after it. */
export function leaseTurns(held: BucketState, ask: Omit<LeaseAsk, "bucket">, nowMs: number, replicas: number): Leased {
  const grown = grownRate(held, ask.declared, nowMs);
  const paced = ask.pace === undefined ? held : withPace(held, ask.pace, nowMs);
  const rate = Math.min(grown, paced.paceUntilMs > nowMs ? (paced.paceRate ?? grown) : grown);
  const intervalMs = 1_000 / (rate * USED_SHARE);
  const reserve = rate < RESERVE_FROM_RATE ? 0 : Math.max(1, Math.floor(rate * RESERVE_SHARE));
  const horizonMs = reserve === 0 ? intervalMs : Math.max(HORIZON_MS, replicas * intervalMs);
  const state: BucketState = { ...paced, rate: grown, rateAtMs: nowMs };
  if (held.closedUntilMs > nowMs) {
    const askAgainMs = held.closedUntilMs;
    return { state, immediate: 0, turns: 0, startMs: askAgainMs, intervalMs, askAgainMs, rate };
  }
  const nextTurnMs = Math.max(nowMs, sane(held.nextTurnMs, nowMs, intervalMs));
  const { immediate, reserveMs } = outOfTurn(held, ask.urgent, {
    nowMs,
    aheadMs: nextTurnMs - nowMs,
    spanMs: horizonMs + (1 + reserve / 2) * intervalMs,
    reserve,
  });
  const startMs = nextTurnMs + immediate * intervalMs;
  const block = Math.ceil(horizonMs / intervalMs / Math.max(2, replicas));
  const room = Math.max(0, Math.floor((nowMs + horizonMs - startMs) / intervalMs) + 1);
  const inSight = Math.max(0, Math.floor((nowMs + URGENT_AHEAD_MS - startMs) / intervalMs) + 1);
  const urgent = Math.min(ask.urgent - immediate, inSight);
  const turns = urgent + Math.min(ask.wanted, block, Math.max(0, room - urgent));
  const endMs = startMs + turns * intervalMs;
  return {
    state: { ...state, nextTurnMs: endMs, reserveMs },
    immediate,
    turns,
    startMs,
    intervalMs,
    // When as much as one replica's share lies within the horizon again, so that each call to the store is worth it.
    askAgainMs: endMs - horizonMs + (block - 1) * intervalMs,
    rate,
  };
}

/** Only a rate that is used up grows, by at most a second's growth at a time: what was not tried is not known. */
function grownRate(held: BucketState, declared: number | undefined, nowMs: number): number {
  const limit = declared ?? Infinity;
  if (held.rate === undefined) return declared ?? FIRST_RATE;
  const isUsedUp = held.nextTurnMs >= nowMs - 50;
  const seconds = isUsedUp ? Math.min(1_000, Math.max(0, nowMs - held.rateAtMs)) / 1_000 : 0;
  return Math.min(limit, held.rate + growthPerSecond(held.rate, held.ceiling) * seconds);
}

function growthPerSecond(rate: number, ceiling: number | undefined): number {
  if (ceiling === undefined) return rate * GROWTH.unknown;
  if (rate < NEAR.from * ceiling) return ceiling * GROWTH.below;
  return ceiling * (rate <= NEAR.to * ceiling ? GROWTH.near : GROWTH.beyond);
}

function withPace(held: BucketState, pace: NonNullable<LeaseAsk["pace"]>, nowMs: number): BucketState {
  return { ...held, paceRate: pace.rate, paceUntilMs: nowMs + pace.forMs };
}

function sane(nextTurnMs: number, nowMs: number, intervalMs: number): number {
  const farthestMs = Math.max(FARTHEST.ms, FARTHEST.intervals * intervalMs);
  return nextTurnMs > nowMs + farthestMs ? nowMs : nextTurnMs;
}

interface Line {
  readonly nowMs: number;
  /** How long the next turn is away. */
  readonly aheadMs: number;
  /**
   * How far the next turn is away at most when work that can wait has leased its horizon and a reserve was drawn. A longer
   * line is made of urgent work, and whoever jumped it would be one call too many until the line had passed.
   */
  readonly spanMs: number;
  /** Permits out of turn within one span. */
  readonly reserve: number;
}

/** How many of the urgent permits need not stand in line. */
function outOfTurn(held: BucketState, urgent: number, line: Line): { immediate: number; reserveMs: number } {
  const { nowMs, aheadMs, spanMs, reserve } = line;
  if (aheadMs <= 1 || aheadMs > spanMs || reserve === 0) return { immediate: 0, reserveMs: held.reserveMs };
  // In one span fit so many at once and one per interval: the reserve.
  const atOnce = Math.ceil(reserve / 2);
  const everyMs = spanMs / (reserve - atOnce + 1);
  const toleranceMs = (atOnce - 1) * everyMs;
  const fullMs = Math.max(nowMs, sane(held.reserveMs, nowMs, everyMs));
  const available = Math.max(0, Math.floor((toleranceMs - (fullMs - nowMs)) / everyMs) + 1);
  const immediate = Math.min(urgent, available);
  return { immediate, reserveMs: fullMs + immediate * everyMs };
}
