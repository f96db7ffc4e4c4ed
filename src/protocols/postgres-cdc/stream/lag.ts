import type { Lsn } from "../database/lsn.ts";

/** End of the server's log at a time of the server's clock. */
export interface LogEnd {
  readonly writtenTo: Lsn;
  /** Microseconds since 1970. */
  readonly atUs: bigint;
}

/** At the usual interval of reports more than an hour; a stream that is further behind is measured more coarsely. */
const MAX_ENDS = 1_000;

/**
 * Measures how far the received changes are behind the server, by the server's clock alone: how long a message was in
 * transit cannot be seen, so that its time says nothing about ours.
 */
export class LagClock {
  /** Time up to which everything is known to be received; 0: not known. */
  #completeUpToUs = 0n;
  /** Earlier ends of the log that are not received, oldest first. */
  readonly #ends: LogEnd[] = [];

  /** Every transaction that was committed before this time was received, because they come in that order. */
  received(committedAtUs: bigint): void {
    if (committedAtUs > this.#completeUpToUs) this.#completeUpToUs = committedAtUs;
  }

  /** Milliseconds of changes that are not received yet; undefined: not known. */
  lagMs(received: Lsn, end: LogEnd): number | undefined {
    if (this.#ends.length === MAX_ENDS) this.#ends.pop();
    if (this.#ends.at(-1) !== end) this.#ends.push(end);
    while (this.#ends[0] !== undefined && this.#ends[0].writtenTo <= received) this.received(this.#ends.shift()!.atUs);
    if (received >= end.writtenTo) return 0;
    if (this.#completeUpToUs === 0n) return undefined;
    return Math.max(0, Number(end.atUs - this.#completeUpToUs) / 1_000);
  }
}
