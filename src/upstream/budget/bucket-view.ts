import type { LeaseGrant } from "./budget-store.ts";

/**
 * Tolerance for late use of a turn: a turn that could not be used in time is lost, because used later it would crowd
 * the turns after it. This covers the lateness of timers and busy event loops. At 25 a second one call too many falls
 * into a second when calls arrive 45 ms late: the remainder of that is for the network path to the upstream.
 */
const LATE_MS = 20;
/**
 * Tolerance as a share of the interval, for limits of less than one call a second, which count calls per minute: a
 * turn every four seconds that is lost because the store answered after 30 ms would delay its call by four seconds.
 * Two calls are never less than a second apart by it, and a minute has no more calls than allowed, because turns are
 * granted for 98.8 % of the rate.
 */
const LATE_SHARE = { ofInterval: 0.1, apartMs: 1_000 } as const;
/**
 * Tolerance for calls that draw on several buckets: a turn of one bucket also waits for those of the others, this long,
 * or for this multiple of an interval.
 */
const LATE_TOGETHER = { ms: 30, intervals: 1.1 } as const;
/** Timers fire on whole milliseconds. */
const EARLY_MS = 1;

/** The permits of one bucket that this process has leased. All times are monotonic milliseconds. */
export class BucketView {
  readonly name: string;
  /** Rate declared by the connector or the settings. */
  #declared: number | undefined;
  /** Rate stated by the upstream's headers. */
  #stated: number | undefined;
  /** Rate that the store last returned. */
  rate: number | undefined;
  /** Time until which the store has no permits for work that can wait. */
  askAgainMs = -Infinity;
  #closedUntilMs = -Infinity;
  /** Due times of the leased permits, in order. */
  #turns: number[] = [];
  #blockSize = 0;
  #intervalMs = 0;
  /** Permits taken by the heaviest call seen so far. */
  #heaviest = 1;
  #isCombined = false;

  constructor(name: string, declared: number | undefined) {
    this.name = name;
    this.#declared = declared;
  }

  /** Permits per second that are known to be allowed; undefined: to be found out. */
  get declared(): number | undefined {
    return this.#declared ?? this.#stated;
  }

  /** Changes the declared rate; the store grants permits by it from the next lease on. */
  setDeclaredRate(rate: number | undefined): void {
    this.#declared = rate;
  }

  /**
   * Records the upstream's stated limit, which counts only if no limit is declared; undefined: the upstream's headers
   * are not to be trusted.
   */
  setObservedRate(rate: number | undefined): void {
    this.#stated = rate;
  }

  get closedUntilMs(): number {
    return this.#closedUntilMs;
  }

  /** Number of leased permits, due or not. */
  leased(nowMs: number): number {
    this.#dropLate(nowMs);
    return this.#turns.length;
  }

  /** Returns true if a call of this weight may start now: its first permit is due, and all of them are leased. */
  isOpen(nowMs: number, weight: number): boolean {
    const first = this.leased(nowMs) < weight ? undefined : this.#turns[0];
    return first !== undefined && first <= nowMs + EARLY_MS;
  }

  take(weight: number): void {
    this.#turns.splice(0, weight);
  }

  /** Due time of the first leased permit; undefined if none is leased. */
  nextDueMs(nowMs: number): number | undefined {
    this.#dropLate(nowMs);
    return this.#turns[0];
  }

  /**
   * Returns true if more permits should be requested to arrive in time, or if there are too few for a call of this
   * weight.
   */
  runsLow(nowMs: number, weight: number): boolean {
    const leased = this.leased(nowMs);
    return leased <= this.#blockSize / 2 || leased < weight;
  }

  /**
   * Records that calls of this weight are made, on this bucket alone or on others too: turns are kept until all permits
   * of a call are available.
   */
  expect(weight: number, buckets: number): void {
    this.#heaviest = Math.max(this.#heaviest, weight);
    this.#isCombined ||= buckets > 1;
  }

  add(grant: LeaseGrant, nowMs: number): void {
    const immediate = Array.from({ length: grant.immediate }, () => nowMs);
    const turns = Array.from({ length: grant.turns }, (_, index) => grant.startMs + index * grant.intervalMs);
    const isAllowed = (turnMs: number): boolean => turnMs >= this.#closedUntilMs;
    this.#turns = [...this.#turns, ...[...immediate, ...turns].filter(isAllowed)].toSorted((a, b) => a - b);
    this.#blockSize = grant.turns;
    this.#intervalMs = grant.intervalMs;
    this.askAgainMs = grant.askAgainMs;
    this.rate = grant.rate;
    if (grant.closedUntilMs > nowMs) this.close(grant.closedUntilMs);
  }

  /** Blocks permits until that time. Never shortens an earlier closure. */
  close(untilMs: number): void {
    this.#closedUntilMs = Math.max(this.#closedUntilMs, untilMs);
    this.#turns = this.#turns.filter((turnMs) => turnMs >= this.#closedUntilMs);
    this.askAgainMs = Math.max(this.askAgainMs, this.#closedUntilMs);
  }

  #dropLate(nowMs: number): void {
    const savedUpMs = (this.#heaviest - 1) * this.#intervalMs;
    const lateMs = this.#isCombined
      ? Math.max(LATE_TOGETHER.ms, LATE_TOGETHER.intervals * this.#intervalMs)
      : lateAloneMs(this.#intervalMs);
    const inTime = this.#turns.findIndex((turnMs) => turnMs >= nowMs - lateMs - savedUpMs);
    if (inTime !== 0) this.#turns.splice(0, inTime === -1 ? this.#turns.length : inTime);
  }
}

function lateAloneMs(intervalMs: number): number {
  return Math.max(LATE_MS, Math.min(LATE_SHARE.ofInterval * intervalMs, intervalMs - LATE_SHARE.apartMs));
}

/** Permits requested from one bucket: for work that can wait, and for interactive work. */
export interface Demand {
  readonly view: BucketView;
  readonly needed: number;
  readonly interactive: number;
}
