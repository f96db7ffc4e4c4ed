import type { LeaseGrant } from "./budget-store.ts";

/**
 * A turn that could not be used in time is lost: used later, it would crowd the turns after it. This much is the lateness of
 * timers and busy event loops. At 25 a second one call too many falls into a second when calls arrive 45 ms late: the rest
 * of that is for the way to the upstream.
 */
const LATE_MS = 20;
/** Where calls draw on several buckets, a turn of one also waits for those of the others: this long, or most of an interval. */
const LATE_TOGETHER = { ms: 30, intervals: 1.1 } as const;
/** A timer fires on whole milliseconds. */
const EARLY_MS = 1;

/** What this process holds of one bucket. All times are monotonic milliseconds. */
export class BucketView {
  readonly name: string;
  /** As the connector or the settings say. */
  readonly #declared: number | undefined;
  /** As the upstream's headers say. */
  #stated: number | undefined;
  /** As the store said last. */
  rate: number | undefined;
  /** Before then the store has nothing for work that can wait. */
  askAgainMs = -Infinity;
  #closedUntilMs = -Infinity;
  /** When each permit held is due, in order. */
  #turns: number[] = [];
  #blockSize = 0;
  #intervalMs = 0;
  /** Permits that the weightiest call takes which was seen so far. */
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

  /** What the upstream says of its limit counts where nobody else knows it; undefined: its word is not to be believed. */
  state(rate: number | undefined): void {
    this.#stated = rate;
  }

  get closedUntilMs(): number {
    return this.#closedUntilMs;
  }

  /** Permits held, due or not. */
  held(nowMs: number): number {
    this.#dropLate(nowMs);
    return this.#turns.length;
  }

  /** Whether a call of this weight may leave now: its first permit is due, and all of them are held. */
  isOpen(nowMs: number, weight: number): boolean {
    const first = this.held(nowMs) < weight ? undefined : this.#turns[0];
    return first !== undefined && first <= nowMs + EARLY_MS;
  }

  take(weight: number): void {
    this.#turns.splice(0, weight);
  }

  /** When the first permit held is due; undefined when none is. */
  nextDueMs(nowMs: number): number | undefined {
    this.#dropLate(nowMs);
    return this.#turns[0];
  }

  /** Few are left, so that more should be asked for to be there in time, or too few for a call of this weight. */
  runsLow(nowMs: number, weight: number): boolean {
    const held = this.held(nowMs);
    return held <= this.#blockSize / 2 || held < weight;
  }

  /** Calls of this weight are made, on this bucket alone or on others too: turns are kept until what they need is together. */
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

  /** No permit before that moment. Never shortens an earlier closure. */
  close(untilMs: number): void {
    this.#closedUntilMs = Math.max(this.#closedUntilMs, untilMs);
    this.#turns = this.#turns.filter((turnMs) => turnMs >= this.#closedUntilMs);
    this.askAgainMs = Math.max(this.askAgainMs, this.#closedUntilMs);
  }

  #dropLate(nowMs: number): void {
    const savedUpMs = (this.#heaviest - 1) * this.#intervalMs;
    const lateMs = this.#isCombined ? Math.max(LATE_TOGETHER.ms, LATE_TOGETHER.intervals * this.#intervalMs) : LATE_MS;
    const inTime = this.#turns.findIndex((turnMs) => turnMs >= nowMs - lateMs - savedUpMs);
    if (inTime !== 0) this.#turns.splice(0, inTime === -1 ? this.#turns.length : inTime);
  }
}

/** What is asked of one bucket: for work that can wait, and for work that somebody waits for. */
export interface Demand {
  readonly view: BucketView;
  readonly wanted: number;
  readonly urgent: number;
}
