import { setTimeout as sleep } from "node:timers/promises";

/** Longest delay of a timer: 2^31 - 1 ms, 24 days. */
const MAX_TIMER_MS = 0x7fff_ffff;

export interface ExpiryOptions {
  /** Epoch milliseconds; undefined never expires. */
  readonly expiresAtMs: number | undefined;
  readonly onExpired: () => void;
  /** Aborted when the connection is closed. */
  readonly signal: AbortSignal;
}

/** Ends a connection at the moment its token expires: a permission granted once must not last forever. */
export function endWhenExpired({ expiresAtMs, onExpired, signal }: ExpiryOptions): void {
  if (expiresAtMs === undefined) return;
  const wait = async (): Promise<void> => {
    while (Date.now() < expiresAtMs)
      await sleep(Math.min(expiresAtMs - Date.now(), MAX_TIMER_MS), undefined, { signal });
    onExpired();
  };
  wait().catch(() => undefined); // the connection was closed before that
}
