import { GraphQLError } from "graphql";

/** Slowest accepted upload. */
export interface UploadPace {
  /** Time that the client may be behind the rate, and thus be silent. */
  readonly graceMs: number;
  readonly bytesPerSecond: number;
}

/** 128 kbit/s: the largest file of a slow line arrives; a client that sends a byte now and then does not keep a place. */
const PACE: UploadPace = { graceMs: 30_000, bytesPerSecond: 16 * 1024 };

/**
 * Yields the same pieces as long as the client keeps up with the rate. Only the time in which we wait for the client
 * counts. The grace is regained by sending faster, up to its initial value: a fast start does not allow a slow rest.
 * @param received number of bytes that have arrived on the connection, in the form in which they are sent
 * @param onTooSlow called once, with the error REQUEST_TIMEOUT; the iterator itself does not end
 */
export async function* keepPace(
  pieces: AsyncIterable<Uint8Array>,
  received: () => number,
  onTooSlow: (reason: Error) => void,
  { graceMs, bytesPerSecond }: UploadPace = PACE,
): AsyncGenerator<Uint8Array, void> {
  let leftMs = graceMs;
  let bytes = received();
  let sinceMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const account = (): void => {
    const [nowBytes, nowMs] = [received(), performance.now()];
    leftMs = Math.min(graceMs, leftMs - (nowMs - sinceMs) + ((nowBytes - bytes) / bytesPerSecond) * 1_000);
    [bytes, sinceMs] = [nowBytes, nowMs];
  };
  const check = (): void => {
    account();
    if (leftMs > 0) timer = setTimeout(check, leftMs);
    else onTooSlow(tooSlow(bytesPerSecond));
  };
  try {
    timer = setTimeout(check, leftMs);
    for await (const piece of pieces) {
      clearTimeout(timer);
      account();
      yield piece;
      sinceMs = performance.now(); // the time that the file took on our side is not the client's
      timer = setTimeout(check, Math.max(0, leftMs));
    }
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(bytesPerSecond: number): GraphQLError {
  const message = `the body must arrive at ${bytesPerSecond} bytes per second or more`;
  return new GraphQLError(message, { extensions: { code: "REQUEST_TIMEOUT" } });
}
