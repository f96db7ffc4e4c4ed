import { decimalText, type Money } from "../../domain/money.ts";

/** A value of a field, as a reader sees it. */
export interface FieldValueModel {
  /** Value as text, for every kind of field. */
  readonly text: string;
  /** Set for an amount. */
  readonly money?: Money;
  /** Global id of the object that the value refers to. */
  readonly entityId?: string;
}

/** Values by the path of the field: `status`, `error.code`. A field without a value is missing. */
export type FieldValues = ReadonlyMap<string, FieldValueModel>;

/** Returns an amount by the text of its minor units; undefined unless all of its parts are given. */
export function moneyValue(minor: unknown, currency: unknown, exponent: unknown): FieldValueModel | undefined {
  if (typeof minor !== "string" || typeof currency !== "string" || typeof exponent !== "number") return undefined;
  return ofMoney({ minor: BigInt(minor), currency, exponent });
}

function ofMoney(money: Money): FieldValueModel {
  return { text: `${money.currency} ${decimalText(money.minor, money.exponent)}`, money };
}

/** Returns a value that is no document; undefined for null and for empty text. */
export function plainValue(value: unknown): FieldValueModel | undefined {
  const text = textOf(value);
  return text === "" ? undefined : { text };
}

/** Adds the members of a document under their paths; an amount and a list are one value each. */
export function addDocument(values: Map<string, FieldValueModel>, path: string, value: unknown): void {
  if (isMoney(value)) values.set(path, ofMoney(value));
  else if (isDocument(value)) {
    for (const [name, inner] of Object.entries(value)) addDocument(values, `${path}.${name}`, inner);
  } else {
    const plain = plainValue(value);
    if (plain !== undefined) values.set(path, plain);
  }
}

type Document = Readonly<Record<string, unknown>>;

function isDocument(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMoney(value: unknown): value is Money {
  return isDocument(value) && typeof value["minor"] === "bigint" && typeof value["currency"] === "string";
}

/** Returns any value as one line: an item of a list and a member of a document have their own separators. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(textOf).join("; ");
  if (isMoney(value)) return ofMoney(value).text;
  if (!isDocument(value)) return String(value as string | number | bigint | boolean); // JSON has no other values
  const { scheme, value: identifier, ...rest } = value;
  if (typeof scheme === "string" && Object.keys(rest).length === 0) return `${scheme} ${textOf(identifier)}`;
  return Object.entries(value)
    .map(([name, inner]) => [name, textOf(inner)])
    .filter(([, text]) => text !== "")
    .map(([name, text]) => `${name} ${text}`)
    .join(", ");
}
