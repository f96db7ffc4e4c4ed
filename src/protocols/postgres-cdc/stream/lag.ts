import type { Lsn } from "../database/lsn.ts";

/** Measures how far the received changes are behind the server, by the server's clock. */
export class LagClock {
  /** Server's time up to which everything is known to be received, in microseconds since 1970. */
  #completeUpToUs = 0n;
  /** Difference between our steady clock and the server's; undefined until the server stated its time. */
  #offsetMs: number | undefined;

  /** The server stated its time, and that nothing before is left to be sent. */
  caughtUp(serverTimeUs: bigint): void {
    this.#offsetMs = Number(serverTimeUs / 1_000n) - performance.now();
    this.#completeUpToUs = serverTimeUs;
  }

  /** Every transaction that was committed before this time was received, because they come in that order. */
  received(committedAtUs: bigint): void {
    if (committedAtUs > this.#completeUpToUs) this.#completeUpToUs = committedAtUs;
  }

  /** Milliseconds of changes that are not received yet; undefined: not known. */
  lagMs(received: Lsn, writtenTo: Lsn): number | undefined {
    if (received >= writtenTo) return 0;
    if (this.#offsetMs === undefined || this.#completeUpToUs === 0n) return undefined;
    return Math.max(0, this.#offsetMs + performance.now() - Number(this.#completeUpToUs / 1_000n));
  }
}
