/** Fields of a JSON object, as the upstream documents them. */
export interface ContractFields {
  /** By name; true: whatever it contains. */
  readonly known: ReadonlyMap<string, true | ContractFields>;
  /** Names that are always sent, also with null as their value. */
  readonly always: readonly string[];
}

/** A difference between an object and its documented fields. */
export interface FieldDifference {
  /** `billing_details.tax_id`; elements of lists are `[]`. */
  readonly path: string;
  /** Type of an undocumented field's value; of a missing one, that it is absent. */
  readonly value: string;
  readonly of: "field" | "missing";
}

/** More of them tell no more. */
const MAX_REPORTED = 100;

/**
 * Returns the fields of an object.
 * @param names separated by white space: `id amount! customer!`, with `!` for one that is always sent and that is read,
 *   so that its absence is a loss
 * @param inner fields of objects in it, and of the objects of lists in it
 */
export function contractFields(names: string, inner: Readonly<Record<string, ContractFields>> = {}): ContractFields {
  const words = names.split(/\s+/).filter((word) => word !== "");
  const known = new Map<string, true | ContractFields>(words.map((word) => [word.replace("!", ""), true]));
  for (const [name, fields] of Object.entries(inner)) known.set(name, fields);
  return { known, always: words.filter((word) => word.endsWith("!")).map((word) => word.slice(0, -1)) };
}

/** Returns where an object differs from its documented fields: at most a hundred places. */
export function fieldDifferences(item: unknown, fields: ContractFields): readonly FieldDifference[] {
  const found: FieldDifference[] = [];
  compare(item, fields, "", found);
  return found;
}

function compare(item: unknown, { known, always }: ContractFields, prefix: string, found: FieldDifference[]): void {
  if (typeof item !== "object" || item === null) return;
  const object = item as Readonly<Record<string, unknown>>; // an object of JSON has own fields only
  for (const name in object) {
    const inner = known.get(name);
    if (inner === true) continue;
    if (found.length >= MAX_REPORTED) return;
    const value = object[name];
    if (inner === undefined) found.push({ path: prefix + name, value: typeOf(value), of: "field" });
    else if (Array.isArray(value)) for (const element of value) compare(element, inner, `${prefix}${name}[].`, found);
    else compare(value, inner, `${prefix}${name}.`, found);
  }
  for (const name of always) {
    if (!(name in object)) found.push({ path: prefix + name, value: "absent", of: "missing" });
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "string") return "text";
  return typeof value === "bigint" || (typeof value === "object" && !isPlain(value)) ? "number" : typeof value;
}

/** Numbers that a JavaScript number cannot hold are read as objects of a class. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
