/**
 * Converts values with amounts in them to JSON. A bigint is written as `{"$int": "123"}`, so that `parseDocument`
 * restores it exactly: JSON readers parse its numbers as floats.
 */
export function documentText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "bigint" ? { $int: inner.toString() } : inner,
  );
}

/** Restores the value given to `documentText`; parses any other JSON as `JSON.parse` does. */
export function parseDocument(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes('"$int"') ? revived(value) : value;
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first?.[0] === "$int") return BigInt(String(first[1]));
  return Object.fromEntries(entries.map(([key, inner]) => [key, revived(inner)]));
}
