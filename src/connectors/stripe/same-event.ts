import { isDeepStrictEqual } from "node:util";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";

type Hash = Readonly<Record<string, unknown>>;

/**
 * Compares two bodies under one event id; true if they have the same content. Within one API version only
 * `pending_webhooks` may differ: the count of deliveries that are not yet answered. Two endpoints of different versions
 * get the event in two renderings: the fields that both contain must be equal, and each may have fields of its own.
 */
export function isSameEvent(existing: Uint8Array, other: Uint8Array): boolean {
  const [one, two] = [parseHash(existing), parseHash(other)];
  // bytes that are not JSON have the same content only if they are identical
  if (one === undefined || two === undefined) return false;
  if (one["api_version"] === two["api_version"]) return isDeepStrictEqual(without(one, COUNTER), without(two, COUNTER));
  return isSnapshot(one) && isSnapshot(two) && agree(without(one, RENDERING), without(two, RENDERING), "");
}

const COUNTER: ReadonlySet<string> = new Set(["pending_webhooks"]);
/** Fields of the event itself that depend on the version in which it is rendered. */
const RENDERING: ReadonlySet<string> = new Set(["pending_webhooks", "api_version", "request"]);

/** Field names that a later version replaced. Source: Stripe changelog, 2019-02-11 and 2015-02-18. */
const RENAMED: Readonly<Record<string, string>> = {
  requires_source: "requires_payment_method",
  requires_source_action: "requires_action",
  paid: "succeeded",
};

function parseHash(body: Uint8Array): Hash | undefined {
  try {
    const json = parseExactJson(body);
    return isHash(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isHash(value: unknown): value is Hash {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function without(hash: Hash, names: ReadonlySet<string>): Hash {
  return Object.fromEntries(Object.entries(hash).filter(([name]) => !names.has(name)));
}

/** Without both objects there would be nothing to compare. */
function isSnapshot({ data, type }: Hash): boolean {
  return typeof type === "string" && isHash(data) && isHash(data["object"]);
}

/** Returns true if a value is the same in two versions, as far as both contain it. `name` is the field's. */
function agree(one: unknown, other: unknown, name: string): boolean {
  if (isHash(one) && isHash(other)) {
    // its fields are defined by the account's owner, in any version
    if (name === "metadata") return isDeepStrictEqual(one, other);
    return Object.keys(one).every((key) => !Object.hasOwn(other, key) || agree(one[key], other[key], key));
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => agree(item, other[index], name));
  }
  if (isHash(one) && typeof other === "string") return one["id"] === other; // expanded in one of them
  if (isHash(other) && typeof one === "string") return other["id"] === one;
  if (name === "status" && typeof one === "string" && typeof other === "string") return wordOf(one) === wordOf(other);
  return isDeepStrictEqual(one, other);
}

function wordOf(status: string): string {
  return Object.hasOwn(RENAMED, status) ? (RENAMED[status] ?? status) : status;
}
