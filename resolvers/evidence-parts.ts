import { typeOfId } from "../src/domain/ids.ts";

/** One single value of a fact. */
export interface FactPartModel {
  /** Place within the fact: `0.amount`; "" if the fact is this single value. */
  readonly path: string;
  readonly value: string;
  readonly unit: string | null;
  /** Global id of an object, if the value is one. */
  readonly id: string | null;
}

/** One fact that a finding is based on. */
export interface FactModel {
  readonly name: string;
  readonly value: string;
  readonly parts: readonly FactPartModel[];
}

/** Values of one fact that are returned: a finding names samples, not lists of any length. */
const MAX_PARTS = 200;

/** Returns the facts of a finding: its evidence is stored as an object with one member for each. */
export function factsOf(evidence: unknown): readonly FactModel[] {
  return membersOf(evidence).map(([name, fact]) => ({
    name,
    value: typeof fact === "string" ? fact : JSON.stringify(fact),
    parts: [...partsOf(fact, { name, path: "", currency: currencyIn(evidence) })].slice(0, MAX_PARTS),
  }));
}

interface Place {
  /** Name of the nearest member of an object. */
  readonly name: string;
  readonly path: string;
  /** Currency of the amounts there. */
  readonly currency: string | undefined;
}

function* partsOf(value: unknown, { name, path, currency }: Place): Generator<FactPartModel> {
  const below = (key: string): string => (path === "" ? key : `${path}.${key}`);
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) yield* partsOf(each, { name, path: below(String(index)), currency });
  } else if (typeof value === "object" && value !== null) {
    const own = currencyIn(value) ?? currency;
    for (const [key, each] of membersOf(value)) yield* partsOf(each, { name: key, path: below(key), currency: own });
  } else {
    const text = typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
    const [, amount, own] = AMOUNT.exec(text) ?? [];
    if (amount !== undefined && own !== undefined) yield { path, value: amount, unit: own, id: null };
    else yield { path, value: text, unit: unitOf(name, value, currency), id: idIn(name, value) };
  }
}

/** An amount with its currency: `-12.50 EUR`. */
const AMOUNT = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/;
/** Units that end the names of members. */
const UNITS: readonly (readonly [end: RegExp, unit: string])[] = [
  [/Ms$/, "ms"],
  [/Seconds$/, "s"],
  [/Days$/, "days"],
  [/Bytes$/, "bytes"],
  [/PerHour$/, "per hour"],
  [/PerSecond$/, "per second"],
];

function unitOf(name: string, value: unknown, currency: string | undefined): string | null {
  // An amount is decimal text, because a number is not exact; a number is a count, or names its unit.
  if (typeof value === "string") return currency !== undefined && /^-?\d+(?:\.\d+)?$/.test(value) ? currency : null;
  return typeof value === "number" ? (UNITS.find(([end]) => end.test(name))?.[1] ?? null) : null;
}

/** Names of sources are plain words: they are ids only where the member says so. */
function idIn(name: string, value: unknown): string | null {
  if (typeof value !== "string") return null;
  const type = typeOfId(value);
  return type === undefined || (type === "Source" && !/source(?:Ids?)?$/i.test(name)) ? null : value;
}

function currencyIn(value: unknown): string | undefined {
  const currency = membersOf(value).find(([name]) => name === "currency")?.[1];
  return typeof currency === "string" ? currency : undefined;
}

function membersOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
