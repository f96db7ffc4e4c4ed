/** JSON with keys in order and without those that are undefined or null: equal for filters that mean the same. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, held: unknown) => (isPlainObject(held) ? inOrder(held) : held));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function inOrder(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
