import type { LimitSignal } from "../protocols/rest/limit-headers.ts";

/** Headers that were caught in a lie say nothing for so long. */
const DISTRUST_MS = 600_000;

/** What the upstream said is left, and what it has taken since. */
interface Word {
  readonly remaining: number;
  readonly saidAtMs: number;
  readonly resetAtMs: number;
  taken: number;
}

/**
 * Whether headers about limits are to be believed. They are, until the upstream takes more calls than it said are left,
 * before the time at which it said there would be more: then whatever they count, it is not what limits us.
 * All times are monotonic milliseconds.
 */
export class HeaderTrust {
  readonly #words = new Map<string, Word>();
  readonly #distrustedUntilMs = new Map<string, number>();

  /** A call that left at `sentAtMs` was taken. */
  taken(bucket: string, sentAtMs: number, nowMs: number): void {
    const word = this.#words.get(bucket);
    if (word === undefined || sentAtMs < word.saidAtMs) return;
    if (nowMs >= word.resetAtMs) {
      this.#words.delete(bucket);
      return;
    }
    word.taken += 1;
    if (word.taken > word.remaining) this.#distrust(bucket, nowMs);
  }

  /** Remembers the word until its time has come, and says whether it is to be believed. */
  believes(bucket: string, { remaining, resetMs }: LimitSignal, nowMs: number): boolean {
    if (nowMs < (this.#distrustedUntilMs.get(bucket) ?? -Infinity)) return false;
    const held = this.#words.get(bucket);
    const isOver = held === undefined || nowMs >= held.resetAtMs;
    if (isOver && remaining !== undefined && resetMs !== undefined) {
      this.#words.set(bucket, { remaining, saidAtMs: nowMs, resetAtMs: nowMs + resetMs, taken: 0 });
    }
    return true;
  }

  /** The upstream refused a call: its headers are about what limits us after all. */
  refused(bucket: string): void {
    this.#distrustedUntilMs.delete(bucket);
    this.#words.delete(bucket);
  }

  #distrust(bucket: string, nowMs: number): void {
    this.#words.delete(bucket);
    this.#distrustedUntilMs.set(bucket, nowMs + DISTRUST_MS);
  }
}
