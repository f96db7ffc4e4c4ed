/**
 * Values with amounts in them as JSON, and back. A bigint is written as `{"$int": "123"}`, so that it comes back as what it
 * was: JSON's numbers are floats to whoever reads them.
 */
export function documentText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "bigint" ? { $int: inner.toString() } : inner,
  );
}

/** What `documentText` was given; any other JSON as `JSON.parse` has it. */
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
