import { formatMoney, groupDigits } from "../../format/money.ts";

/** A value of a finding's evidence: text, a list, or values by name. Numbers are text, so that no digit is lost. */
export type Fact = string | readonly Fact[] | FactsByName;
export interface FactsByName {
  readonly [name: string]: Fact;
}

/** Where the value of a fact stands. */
export interface FactPlace {
  readonly name: string;
  /** Currency of the amounts beside it; undefined if none is named. */
  readonly currency: string | undefined;
}

/** Names of facts whose value is an amount in the currency that stands beside it. */
const AMOUNTS = new Set([
  "amount",
  "booked",
  "closing",
  "difference",
  "expected",
  "fee",
  "gross",
  "net",
  "opening",
  "read",
  "shown",
  "sum",
]);
/** Names of facts whose value is a code of ours. */
const CODES = new Set(["state", "status", "comparedWith", "bookedBy", "kind", "via"]);
const DECIMAL = /^-?\d+(\.\d+)?$/;
const MONEY = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/;

/** Returns a fact as the graph has it: plain text, or JSON if it has several parts. */
export function factOf(value: string): Fact {
  if (!/^[[{]/.test(value)) return value === "null" ? "" : value;
  try {
    // The source of a number has all of its digits. Browsers that do not give it have those of a double.
    const parsed: unknown = JSON.parse(value, (_name, part: unknown, context?: { readonly source?: string }) =>
      typeof part === "number" ? (context?.source ?? String(part)) : part,
    );
    return plain(parsed);
  } catch {
    return value; // text that only begins like JSON
  }
}

function plain(value: unknown): Fact {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "string" ? value : ""; // null: numbers are text already
}

export const isList = (fact: Fact): fact is readonly Fact[] => Array.isArray(fact);
export const isByName = (fact: Fact): fact is FactsByName => typeof fact === "object" && !isList(fact);
/** Returns whether a fact is a list of rows, each of them values by name. */
export const isTable = (fact: Fact): fact is readonly FactsByName[] =>
  isList(fact) && fact.length > 0 && fact.every(isByName);

/** Returns the names of all columns of a table, in the order in which they occur. */
export const columnsOf = (rows: readonly FactsByName[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];

/** Returns the currency that stands beside other facts. */
export function currencyIn(facts: FactsByName): string | undefined {
  const { currency } = facts;
  return typeof currency === "string" && /^[A-Z]{3}$/.test(currency) ? currency : undefined;
}

/** Returns whether an amount is displayed with the currency that stands beside it. */
export const hasAmount = (facts: FactsByName): boolean =>
  currencyIn(facts) !== undefined &&
  Object.entries(facts).some(([name, fact]) => AMOUNTS.has(name) && typeof fact === "string" && DECIMAL.test(fact));

/** `usualUntil` in words: `usual until`. */
export const factName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Returns plain text as it is displayed: amounts with their currency, numbers with their thousands separated. */
export function textOf(text: string, { name, currency }: FactPlace): string {
  const [, amount, of] = MONEY.exec(text) ?? [];
  if (amount !== undefined && of !== undefined) return formatMoney({ amount, currency: of });
  if (currency !== undefined && AMOUNTS.has(name) && DECIMAL.test(text)) return formatMoney({ amount: text, currency });
  if (CODES.has(name) && /^[A-Z][A-Z_]+$/.test(text)) return text.toLowerCase().replaceAll("_", " ");
  return /^-?\d{4,15}$/.test(text) && !/[iI]d$/.test(name) ? groupDigits(text) : text;
}
