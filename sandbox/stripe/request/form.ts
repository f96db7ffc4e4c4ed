import { invalidRequest } from "../world/errors.ts";

/** Parameters as Stripe's clients send them: text values, brackets for hashes and arrays. */
export type FormValue = string | FormValue[] | FormHash;
export interface FormHash {
  [key: string]: FormValue;
}

/** Deeper than any parameter of the API. */
const MAX_DEPTH = 8;

/**
 * Parses `a=1&b[c]=2&d[]=3&e[0][f]=4`. Hashes have no prototype, so that a key named `__proto__` is an ordinary key.
 * @throws StripeError for nesting beyond eight levels
 */
export function parseForm(text: string): FormHash {
  const root = emptyHash();
  if (text === "") return root;
  for (const pair of text.split("&")) {
    const at = pair.indexOf("=");
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    if (name !== "") assign(root, segmentsOf(name), at < 0 ? "" : decode(pair.slice(at + 1)));
  }
  return listsFrom(root);
}

// Null-prototype objects have the type `any` in the library's declaration.
const emptyHash = (): FormHash => Object.create(null) as FormHash;

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalidRequest("The request is not well-formed: a parameter has a wrong percent-encoding.");
  }
}

function segmentsOf(name: string): string[] {
  const open = name.indexOf("[");
  if (open < 0) return [name];
  const segments = [
    name.slice(0, open),
    ...name
      .slice(open + 1)
      .replace(/\]$/u, "")
      .split("]["),
  ];
  if (segments.length > MAX_DEPTH) throw invalidRequest("Parameters are nested too deeply.");
  return segments;
}

function assign(root: FormHash, segments: readonly string[], value: string): void {
  let hash = root;
  for (const segment of segments.slice(0, -1)) {
    const key = segment === "" ? String(Object.keys(hash).length) : segment;
    const next = hash[key];
    if (typeof next === "object" && !Array.isArray(next)) hash = next;
    else hash = hash[key] = emptyHash();
  }
  const last = segments.at(-1) ?? "";
  hash[last === "" ? String(Object.keys(hash).length) : last] = value;
}

/** Converts hashes whose keys are 0, 1, 2 … into arrays. */
function listsFrom(hash: FormHash): FormHash {
  for (const key of Object.keys(hash)) {
    const value = hash[key];
    if (typeof value !== "object" || Array.isArray(value)) continue;
    const inner = listsFrom(value);
    const keys = Object.keys(inner);
    const isList = keys.length > 0 && keys.every((each, index) => each === String(index));
    hash[key] = isList ? Object.values(inner) : inner;
  }
  return hash;
}
