import { hash } from "node:crypto";

const names = new Map<string, string>();

/**
 * Returns the name under which connections keep a statement: a hash of its text, because the server cuts names after 63
 * bytes. Only for constant texts, since the names are kept as long as the process runs.
 */
export function preparedName(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `s${hash("sha256", text, "hex").slice(0, 24)}`;
  names.set(text, name);
  return name;
}
