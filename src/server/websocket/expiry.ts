import { setTimeout as sleep } from "node:timers/promises";

/** After 4401 a client would never reconnect; after 4403 it does, with a new token if it has one. */
const FORBIDDEN = 4403;
/** Longest delay of a timer: 2^31 - 1 ms, 24 days. */
const MAX_TIMER_MS = 0x7fff_ffff;

export interface ExpiryOptions {
  /** Epoch milliseconds; undefined never expires. */
  readonly expiresAtMs: number | undefined;
  readonly close: (code: number, reason: string) => void;
  /** Aborted when the socket is closed. */
  readonly signal: AbortSignal;
}

/** Closes a socket at the moment its token expires: a permission granted once must not last forever. */
export function closeWhenExpired({ expiresAtMs, close, signal }: ExpiryOptions): void {
  if (expiresAtMs === undefined) return;
  const wait = async (): Promise<void> => {
    while (Date.now() < expiresAtMs)
      await sleep(Math.min(expiresAtMs - Date.now(), MAX_TIMER_MS), undefined, { signal });
    close(FORBIDDEN, "Token expired");
  };
  wait().catch(() => undefined); // the socket was closed before that
}
