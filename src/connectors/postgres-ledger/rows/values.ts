import type { UnknownValue } from "../../../connector-api/messages.ts";
import { ServiceError } from "../../../domain/error.ts";
import { type Money, moneyFromUnits, negated } from "../../../domain/money.ts";
import type { DateTime, LocalDate, Reference } from "../../../domain/values.ts";
import { type TableRow, ValueProblem } from "./row.ts";
import type { AmountSpec, ColumnOrValue, Mapped, TimeSpec } from "../settings/tables.ts";
import { currencyExponent } from "../../../domain/currency.ts";

/** Returns an optional text; null and a column that is not set are undefined. */
export function textOf(row: TableRow, column: string | undefined): string | undefined {
  return column === undefined ? undefined : (row.valueOf(column) ?? undefined);
}

/** @throws ValueProblem for null */
export function requiredText(row: TableRow, column: string): string {
  const value = row.valueOf(column);
  if (value === null) throw new ValueProblem(column, "must not be null");
  return value;
}

/** Returns a currency as it is written, in upper case. */
export function currencyOf(row: TableRow, spec: ColumnOrValue): string {
  // a char(n) column pads its values
  return ("value" in spec ? spec.value : requiredText(row, spec.column)).trim().toUpperCase();
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Returns an exact amount. @throws ValueProblem for null, and where the currency cannot express it exactly */
export function moneyOf(row: TableRow, spec: AmountSpec, currency: string): Money {
  const text = requiredText(row, spec.column);
  const [, sign = "", whole, fraction = ""] = NUMBER.exec(text) ?? [];
  if (whole === undefined) throw new ValueProblem(spec.column, "must be a finite number");
  const digits = BigInt(`${sign}${whole}${fraction}`);
  try {
    const money = moneyFromUnits(digits, fraction.length + exponentOf(spec, currency), currency);
    return isNegated(row, spec) ? negated(money) : money;
  } catch (reason) {
    if (reason instanceof ValueProblem || !(reason instanceof ServiceError)) throw reason;
    throw new ValueProblem(spec.column, `cannot be read as money: ${reason.publicMessage}`);
  }
}

/** Decimal places that the stored number is shifted by. */
function exponentOf({ as, exponent }: AmountSpec, currency: string): number {
  return as === "decimal" ? 0 : (exponent ?? currencyExponent(currency) ?? 0);
}

function isNegated(row: TableRow, { sign }: AmountSpec): boolean {
  if (typeof sign === "string") return sign === "negated";
  const mark = requiredText(row, sign.column).trim();
  if (sign.negative.includes(mark)) return true;
  if (sign.positive.includes(mark)) return false;
  throw new ValueProblem(sign.column, `must be one of ${[...sign.positive, ...sign.negative].join(", ")}`);
}

/** `2026-11-30 12:00:00.123456+00`: the session's time zone is UTC. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?:\+00)?$/;
/** Positions in it. */
const [DAY_END, SECONDS_END] = [10, 19];
const EPOCH = /^-?\d{1,14}$/;

/** Returns a time in milliseconds; undefined for null. @throws ValueProblem */
export function timeOf(row: TableRow, spec: TimeSpec | undefined): DateTime | undefined {
  const text = spec === undefined ? undefined : textOf(row, spec.column);
  if (spec === undefined || text === undefined) return undefined;
  const timeMs = spec.as.startsWith("epoch") ? epochMs(text, spec) : timestampMs(text);
  const time = new Date(timeMs ?? NaN);
  if (Number.isNaN(time.getTime())) throw new ValueProblem(spec.column, "must be a finite time");
  return time.toISOString();
}

/** @throws ValueProblem for null */
export function requiredTime(row: TableRow, spec: TimeSpec): DateTime {
  const time = timeOf(row, spec);
  if (time === undefined) throw new ValueProblem(spec.column, "must not be null");
  return time;
}

function epochMs(text: string, { as }: TimeSpec): number | undefined {
  if (!EPOCH.test(text)) return undefined;
  return Number(text) * (as === "epochSeconds" ? 1_000 : 1);
}

function timestampMs(text: string): number | undefined {
  if (!TIMESTAMP.test(text)) return undefined;
  const until = text.endsWith("+00") ? -"+00".length : text.length;
  const fraction = text
    .slice(".".length + SECONDS_END, until)
    .padEnd(3, "0")
    .slice(0, 3);
  return Date.parse(`${text.slice(0, DAY_END)}T${text.slice(DAY_END + 1, SECONDS_END)}.${fraction}Z`);
}

/** Returns the day of a date column; undefined for null. @throws ValueProblem */
export function dayOf(row: TableRow, column: string | undefined): LocalDate | undefined {
  const text = textOf(row, column);
  if (text === undefined || column === undefined) return undefined;
  const [, day] = /^(\d{4}-\d\d-\d\d)(?: |$)/.exec(text) ?? [];
  if (day === undefined) throw new ValueProblem(column, "must be a finite date");
  return day;
}

/** A value of ours, and always the text that the database has. */
export interface Known<Value> {
  readonly value: Value | undefined;
  readonly raw: string;
  readonly unknowns: readonly UnknownValue[];
}

/** Returns our value for a word of the database. A word without one is kept, and reported. */
export function knownOf<Value extends string>(row: TableRow, spec: Mapped<Value>): Known<Value> {
  if ("value" in spec) return { value: spec.value, raw: spec.value, unknowns: [] };
  const raw = (row.valueOf(spec.column) ?? "").trim();
  if (Object.hasOwn(spec.map, raw)) return { value: spec.map[raw], raw, unknowns: [] };
  return { value: undefined, raw, unknowns: [{ path: spec.column, value: raw }] };
}

/** Returns a reference of the database's own; none for null. */
export function referencesOf(row: TableRow, column: string | undefined): readonly Reference[] {
  const value = textOf(row, column);
  return value === undefined || column === undefined ? [] : [{ scheme: column, value }];
}
