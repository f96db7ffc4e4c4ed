import type { LimitSignal } from "../protocols/rest/limit-headers.ts";

/** Time for which headers that were proven wrong are ignored. */
const SUSPENSION_MS = 600_000;

/** The remaining quota that the upstream stated, and the calls that it has accepted since. */
interface StatedQuota {
  readonly remaining: number;
  readonly receivedAtMs: number;
  readonly resetAtMs: number;
  taken: number;
}

/**
 * Decides if headers about limits are credible. They are, until the upstream accepts more calls than it stated as
 * remaining, before its stated reset time: then the headers count something other than the limit that applies to us.
 * All times are monotonic milliseconds.
 */
export class HeaderTrust {
  readonly #stated = new Map<string, StatedQuota>();
  readonly #suspendedUntilMs = new Map<string, number>();

  /** Records that a call sent at `sentAtMs` was accepted. */
  taken(bucket: string, sentAtMs: number, nowMs: number): void {
    const stated = this.#stated.get(bucket);
    if (stated === undefined || sentAtMs < stated.receivedAtMs) return;
    if (nowMs >= stated.resetAtMs) {
      this.#stated.delete(bucket);
      return;
    }
    stated.taken += 1;
    if (stated.taken > stated.remaining) this.#suspend(bucket, nowMs);
  }

  /** Stores the statement until its reset time, and returns true if it is credible. */
  isCredible(bucket: string, { remaining, resetMs }: LimitSignal, nowMs: number): boolean {
    if (nowMs < (this.#suspendedUntilMs.get(bucket) ?? -Infinity)) return false;
    const previous = this.#stated.get(bucket);
    const isOver = previous === undefined || nowMs >= previous.resetAtMs;
    if (isOver && remaining !== undefined && resetMs !== undefined) {
      this.#stated.set(bucket, { remaining, receivedAtMs: nowMs, resetAtMs: nowMs + resetMs, taken: 0 });
    }
    return true;
  }

  /** Records that the upstream refused a call: its headers do describe the limit that applies to us. */
  refused(bucket: string): void {
    this.#suspendedUntilMs.delete(bucket);
    this.#stated.delete(bucket);
  }

  #suspend(bucket: string, nowMs: number): void {
    this.#stated.delete(bucket);
    this.#suspendedUntilMs.set(bucket, nowMs + SUSPENSION_MS);
  }
}
