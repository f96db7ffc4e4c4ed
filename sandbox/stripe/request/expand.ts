import { invalidRequest } from "../world/errors.ts";
import { bankAccount } from "../objects/bank-account.ts";
import type { Entry, ObjectStore } from "../world/object-store.ts";
import type { StoredType } from "../world/wire.ts";

/** Fields of a type that reference another object, and the type of that object; undefined: the id determines it. */
const REFERENCES: Readonly<Partial<Record<StoredType, Readonly<Record<string, StoredType | undefined>>>>> = {
  payment_intent: { customer: "customer", latest_charge: "charge" },
  charge: { balance_transaction: "balance_transaction", customer: "customer", payment_intent: "payment_intent" },
  refund: {
    balance_transaction: "balance_transaction",
    charge: "charge",
    customer: "customer",
    failure_balance_transaction: "balance_transaction",
    payment_intent: "payment_intent",
  },
  dispute: { charge: "charge", payment_intent: "payment_intent" },
  payout: {
    balance_transaction: "balance_transaction",
    destination: undefined,
    failure_balance_transaction: "balance_transaction",
  },
  balance_transaction: { source: undefined },
};

const PREFIXES: Readonly<Record<string, StoredType>> = {
  ch: "charge",
  py: "charge",
  re: "refund",
  pyr: "refund",
  du: "dispute",
  po: "payout",
};

/** Deepest expansion. Source: Stripe docs, "Expanding responses". */
const MAX_DEPTH = 4;

/** Paths of `expand[]`, split; `under` is the prefix that lists require (`data`). */
export function expandPaths(expand: readonly string[] | undefined, under: "data" | undefined): string[][] {
  return (expand ?? []).map((path) => {
    const segments = path.split(".");
    if (segments.length > MAX_DEPTH + 1) {
      throw invalidRequest(`You cannot expand more than ${MAX_DEPTH} levels of a property.`, { param: "expand" });
    }
    if (under === undefined) return segments;
    if (segments[0] === under && segments.length > 1) return segments.slice(1);
    const hint = `You may want to try expanding 'data.${path}'.`;
    throw invalidRequest(`This property cannot be expanded (${path}). ${hint}`, { param: "expand" });
  });
}

/**
 * Returns an entry's text with objects in place of the ids that the paths reference. Works on texts, so numbers remain
 * exact.
 */
export function expandEntry(store: ObjectStore, entry: Entry, paths: readonly (readonly string[])[]): string {
  let text = store.text(entry);
  if (paths.length === 0) return text;
  const fields = REFERENCES[entry.type] ?? {};
  for (const field of new Set(paths.map((path) => path[0] ?? ""))) {
    if (!Object.hasOwn(fields, field)) {
      throw invalidRequest(`This property cannot be expanded (${field}).`, { param: "expand" });
    }
    const value = findTopLevelValue(text, field);
    if (value === undefined || text[value.start] !== '"') continue;
    const id = text.slice(value.start + 1, value.end - 1);
    const deeper = paths.filter((path) => path[0] === field && path.length > 1).map((path) => path.slice(1));
    const expanded = expandReference(store, { id, type: fields[field] }, deeper);
    if (expanded !== undefined) text = text.slice(0, value.start) + expanded + text.slice(value.end);
  }
  return text;
}

/** Returns the object with this id, itself expanded; undefined when there is none. */
function expandReference(
  store: ObjectStore,
  { id, type }: { readonly id: string; readonly type: StoredType | undefined },
  deeper: readonly (readonly string[])[],
): string | undefined {
  const prefix = id.slice(0, id.indexOf("_"));
  if (prefix === "ba") return JSON.stringify(bankAccount(id));
  const storedType = type ?? PREFIXES[prefix];
  const target = storedType === undefined ? undefined : store.find(storedType, id);
  return target && expandEntry(store, target, deeper);
}

/** Finds the start and end of the value of a key of the outermost object. Undefined when the object has no such key. */
export function findTopLevelValue(text: string, key: string): { start: number; end: number } | undefined {
  const requested = `"${key}"`;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else if (character === '"') {
      const end = stringEnd(text, i);
      const isKey = depth === 1 && text[end] === ":";
      if (isKey && text.slice(i, end) === requested) return { start: end + 1, end: valueEnd(text, end + 1) };
      i = end - 1;
    }
  }
  return undefined;
}

/** Index after the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    if (text[i] === "\\") i += 1;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function valueEnd(text: string, start: number): number {
  if (text[start] === '"') return stringEnd(text, start);
  let depth = 0;
  for (let i = start; i < text.length; i += 1) {
    const character = text[i];
    if (character === '"') i = stringEnd(text, i) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (depth === 0 && (character === "," || character === "}")) return i;
    else if (character === "}" || character === "]") depth -= 1;
  }
  return text.length;
}
