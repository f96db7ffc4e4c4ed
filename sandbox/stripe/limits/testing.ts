import type { Limit, Rule } from "./limit.ts";

/** Creates a limit for all requests of a key; name, header style and restrictions can be given. */
export function limitOf(rule: Rule, more: Partial<Limit> = {}): Limit {
  const everything = { method: undefined, path: undefined, weights: undefined, keys: undefined, shared: false };
  return {
    name: "account",
    rule,
    ...everything,
    headers: "none",
    retryAfter: undefined,
    distortion: undefined,
    ...more,
  };
}
