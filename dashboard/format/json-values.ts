/** One single value within JSON. */
export interface JsonValue {
  /** Place of the value: `input.streams`; empty if the JSON is this single value. */
  readonly path: string;
  readonly text: string;
}

/**
 * Returns the values of JSON in their order, each as text; those of a plain list are one value. Returns undefined for
 * text that is not JSON.
 */
export function jsonValues(json: string): readonly JsonValue[] | undefined {
  let parsed: unknown;
  try {
    // The source of a number has all of its digits. Browsers that do not give it have those of a double.
    parsed = JSON.parse(json, (_name, part: unknown, context?: { readonly source?: string }) =>
      typeof part === "number" ? new Digits(context?.source ?? String(part)) : part,
    );
  } catch {
    return undefined;
  }
  return [...valuesAt(parsed, "")];
}

/** A number as it is written. */
class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

function* valuesAt(value: unknown, path: string): Generator<JsonValue> {
  const single = textOf(value);
  if (single !== undefined) return yield { path, text: single };
  if (Array.isArray(value)) {
    const texts = value.map(textOf);
    if (texts.every((text) => text !== undefined)) return yield { path, text: texts.join(", ") || "an empty list" };
  }
  const members = Object.entries(value as object); // anything else is a single value
  if (members.length === 0) yield { path, text: "nothing" };
  for (const [name, member] of members) yield* valuesAt(member, path === "" ? name : `${path}.${name}`);
}

/** Returns the text of a single value; undefined for a list and for values by name. */
function textOf(value: unknown): string | undefined {
  if (value instanceof Digits) return value.text;
  if (typeof value === "string") return value === "" ? "empty text" : value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null ? "none" : undefined;
}
