import type { Headers } from "./signed-call.ts";

/**
 * Maximum characters: longer than any scheme writes, and short enough that reading one costs little. Node's own limit
 * for all headers is 16 kB.
 */
const MAX_HEADER_CHARS = 4096;

/**
 * Returns the value of a header that was sent exactly once. Undefined: it was not, or it is empty or too long. Of two
 * values one would be verified and, behind a proxy that reads the other, the other one would be trusted.
 * @param name lower case
 */
export function oneHeader(headers: Headers, name: string): string | undefined {
  const values = headers.get(name);
  const value = values?.[0];
  if (values?.length !== 1 || value === undefined || value === "") return undefined;
  return value.length > MAX_HEADER_CHARS ? undefined : value;
}
