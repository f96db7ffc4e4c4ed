import { formatMoney, groupDigits } from "../../format/money.ts";

/** One single value of a finding's evidence, as the graph returns it. */
export interface FactPart {
  /** Place of the value within its fact: `0.amount`; empty if the fact is this single value. */
  readonly path: string;
  readonly value: string;
  readonly unit: string | null;
}

/** A fact of a finding's evidence: one value, a list, or values by name. */
export type Fact = FactPart | readonly Fact[] | FactsByName;
export interface FactsByName {
  readonly byName: ReadonlyMap<string, Fact>;
}

/** Values of one fact that the graph returns at most. */
export const MAX_PARTS = 200;
/** Names of facts whose value is a code of ours. */
const CODES = new Set(["state", "status", "comparedWith", "bookedBy", "kind", "via"]);
const CURRENCY = /^[A-Z]{3}$/;

/** Returns a fact by its values; undefined if there is none: an empty list. */
export function factOf(parts: readonly FactPart[]): Fact | undefined {
  return parts.length === 0 ? undefined : factAt(parts, 0);
}

/** @param start length of the path that all of them have in common */
function factAt(parts: readonly FactPart[], start: number): Fact {
  const [first] = parts;
  if (first !== undefined && first.path.length <= start) return first;
  const groups = new Map<string, FactPart[]>();
  for (const part of parts) {
    const end = part.path.indexOf(".", start);
    const name = part.path.slice(start, end === -1 ? undefined : end);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [part]);
    else group.push(part);
  }
  const facts = [...groups].map(([name, group]) => [name, factAt(group, start + name.length + 1)] as const);
  return facts.every(([name]) => /^\d+$/.test(name)) ? facts.map(([, fact]) => fact) : { byName: new Map(facts) };
}

export const isList = (fact: Fact): fact is readonly Fact[] => Array.isArray(fact);
export const isByName = (fact: Fact): fact is FactsByName => "byName" in fact;
/** Returns whether a fact is a list of rows, each of them values by name. */
export const isTable = (fact: Fact): fact is readonly FactsByName[] =>
  isList(fact) && fact.length > 0 && fact.every(isByName);

/** Returns the names of all columns of a table, in the order in which they occur. */
export const columnsOf = (rows: readonly FactsByName[]): readonly string[] => [
  ...new Set(rows.flatMap(({ byName }) => [...byName.keys()])),
];

/** Returns whether an amount is displayed with the currency that stands beside it. */
export function hasAmount({ byName }: FactsByName): boolean {
  const currency = byName.get("currency");
  const isUnit = (fact: Fact): boolean =>
    !isList(fact) && !isByName(fact) && currency !== undefined && "value" in currency && fact.unit === currency.value;
  return byName.values().some(isUnit);
}

/** `usualUntil` in words: `usual until`. */
export const factName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Returns a value as it is displayed: with its unit, numbers with their thousands separated. */
export function textOf({ value, unit }: Pick<FactPart, "value" | "unit">, name: string): string {
  if (unit !== null)
    return CURRENCY.test(unit) ? formatMoney({ amount: value, currency: unit }) : `${groupDigits(value)} ${unit}`;
  if (value === "true" || value === "false") return value === "true" ? "yes" : "no";
  if (CODES.has(name) && /^[A-Z][A-Z_]+$/.test(value)) return value.toLowerCase().replaceAll("_", " ");
  return /^-?\d{4,15}$/.test(value) && !/[iI]d$/.test(name) ? groupDigits(value) : value;
}
