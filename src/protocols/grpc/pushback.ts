/** Milliseconds from now before which a call must not be sent again, or "never" if it must not be sent again at all. */
export type Pushback = number | "never";

const MAX_INT32 = 2_147_483_647;

/**
 * Returns the value of `grpc-retry-pushback-ms`; undefined if it is absent. A value that is negative or not a 32-bit
 * number means "do not retry". Names of the metadata are in lower case. Source: gRPC proposal A6, "Pushback".
 */
export function pushbackMs(metadata: Readonly<Record<string, string>>): Pushback | undefined {
  const text = metadata["grpc-retry-pushback-ms"];
  if (text === undefined) return undefined;
  const pauseMs = /^(?:0|[1-9]\d{0,9})$/.test(text) ? Number(text) : Number.NaN; // no leading zeros
  return pauseMs <= MAX_INT32 ? pauseMs : "never";
}
