/** Waits of a stream, in milliseconds. All of them follow from the timeout that the server applies to us. */
export interface StreamTimings {
  /** The server ends the connection when it received nothing from us for so long. */
  readonly walSenderTimeoutMs: number;
  /** A status update is sent this often, whatever the consumer does. */
  readonly statusIntervalMs: number;
  /** While we read, a connection on which nothing arrived for so long is dead. */
  readonly silenceLimitMs: number;
}

/** Takeover within ten seconds includes the case that the previous consumer's machine is lost. */
export const DEFAULT_WAL_SENDER_TIMEOUT_MS = 8_000;

/** Returns the timings for a timeout of the server. */
export function timingsFor(walSenderTimeoutMs: number): StreamTimings {
  return {
    walSenderTimeoutMs,
    statusIntervalMs: walSenderTimeoutMs / 4,
    silenceLimitMs: walSenderTimeoutMs * 1.5,
  };
}
