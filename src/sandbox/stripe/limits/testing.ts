import type { Limit, Rule } from "./limit.ts";

/** A limit for all requests of a key; named, told of and restricted as asked. */
export function limitOf(rule: Rule, more: Partial<Limit> = {}): Limit {
  const everything = { method: undefined, path: undefined, weights: undefined, keys: undefined, shared: false };
  return { name: "account", rule, ...everything, headers: "none", retryAfter: undefined, lie: undefined, ...more };
}
