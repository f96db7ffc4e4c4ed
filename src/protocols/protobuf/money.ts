import { ServiceError } from "../../domain/error.ts";
import { type Money, moneyFromUnits } from "../../domain/money.ts";
import { atPath, type FieldReader, integerReader, textReader } from "./field-readers.ts";
import type { MessageType, ProtoMessage } from "./message.ts";

/** Currency of an amount: a field with its code, one that the contract states for all, or a function that reads it. */
export type CurrencySource =
  | { readonly path: string }
  | { readonly code: string }
  | { readonly read: (message: ProtoMessage) => string | undefined };

/** How a contract states an amount of money. It is declared for each field, never guessed from its name. */
export type MoneyFields =
  /** A message with the fields of `google.type.Money`: currency_code, units, nanos. */
  | { readonly kind: "money_message"; readonly path: string }
  /** Whole units, and billionths of a unit with the same sign. */
  | {
      readonly kind: "units_nanos";
      readonly units: string;
      readonly nanos: string;
      readonly currency: CurrencySource;
    }
  /** A count of 10^-exponent of a unit, or of that of a field. Absent exponent: the currency's own minor unit. */
  | {
      readonly kind: "minor_units";
      readonly minor: string;
      readonly currency: CurrencySource;
      readonly exponent?: number | { readonly path: string };
    }
  /** Decimal text in whole units: `-10.50`. */
  | { readonly kind: "decimal"; readonly text: string; readonly currency: CurrencySource };

const NANO_DIGITS = 9;
const MAX_NANOS = 999_999_999n;
/** Few enough digits for safe arithmetic; no exponent and no group separators. */
const DECIMAL = /^(-?)(\d{1,38})(?:\.(\d{1,38}))?$/;

/**
 * Returns the reader of an amount, exact or not at all: what the currency's minor unit cannot express is refused.
 * Undefined if the message is absent, or states neither an amount nor a currency.
 * @throws ServiceError INVALID_INPUT for fields that the contract does not have, or of other types
 */
export function moneyReader(type: MessageType, fields: MoneyFields): FieldReader<Money> {
  if (fields.kind === "minor_units") return minorReader(type, fields);
  if (fields.kind === "units_nanos") return unitsReader(type, fields);
  if (fields.kind === "decimal") return decimalReader(type, fields);
  const { path } = fields;
  return unitsReader(type, {
    units: `${path}.units`,
    nanos: `${path}.nanos`,
    currency: { path: `${path}.currency_code` },
  });
}

function unitsReader(
  type: MessageType,
  fields: { readonly units: string; readonly nanos: string; readonly currency: CurrencySource },
): FieldReader<Money> {
  const units = integerReader(type, fields.units);
  const nanos = integerReader(type, fields.nanos);
  const currencyOf = currencyReader(type, fields.currency);
  return {
    path: fields.units,
    read(message) {
      const [whole, billionths, currency] = [units.read(message), nanos.read(message), currencyOf(message)];
      if (isAbsent([whole, billionths], currency)) return undefined;
      return atPath(fields.units, () => moneyOfUnits(whole ?? 0n, billionths ?? 0n, currency ?? ""));
    },
  };
}

/**
 * Returns the amount of whole units and billionths. Source: google/type/money.proto.
 * @throws ServiceError UPSTREAM_MALFORMED if their signs differ, or the currency cannot express it exactly
 */
export function moneyOfUnits(units: bigint, nanos: bigint, currency: string): Money {
  if (nanos > MAX_NANOS || nanos < -MAX_NANOS) {
    throw new ServiceError("UPSTREAM_MALFORMED", `nanos must be from -${MAX_NANOS} to ${MAX_NANOS}`);
  }
  if ((units > 0n && nanos < 0n) || (units < 0n && nanos > 0n)) {
    throw new ServiceError("UPSTREAM_MALFORMED", "units and nanos must have the same sign");
  }
  return moneyFromUnits(units * 10n ** BigInt(NANO_DIGITS) + nanos, NANO_DIGITS, currency);
}

function minorReader(type: MessageType, fields: Extract<MoneyFields, { kind: "minor_units" }>): FieldReader<Money> {
  const minor = integerReader(type, fields.minor);
  const currencyOf = currencyReader(type, fields.currency);
  const exponentOf = exponentReader(type, fields.exponent);
  return {
    path: fields.minor,
    read(message) {
      const [units, currency] = [minor.read(message), currencyOf(message)];
      if (isAbsent([units], currency)) return undefined;
      return atPath(fields.minor, () => moneyOfMinor(units ?? 0n, currency ?? "", exponentOf(message)));
    },
  };
}

const MAX_EXPONENT = 18n;

function exponentReader(
  type: MessageType,
  exponent: number | { readonly path: string } | undefined,
): (message: ProtoMessage) => number | undefined {
  if (typeof exponent !== "object") return () => exponent;
  const digits = integerReader(type, exponent.path);
  return (message) => {
    const value = digits.read(message) ?? 0n;
    if (value >= 0n && value <= MAX_EXPONENT) return Number(value);
    throw new ServiceError("UPSTREAM_MALFORMED", `must have an exponent from 0 to ${MAX_EXPONENT} in ${exponent.path}`);
  };
}

function moneyOfMinor(units: bigint, currency: string, exponent: number | undefined): Money {
  if (exponent !== undefined) return moneyFromUnits(units, exponent, currency);
  const own = moneyFromUnits(0n, 0, currency); // refuses what is no currency, and knows its exponent
  return moneyFromUnits(units, own.exponent, currency);
}

function decimalReader(type: MessageType, fields: Extract<MoneyFields, { kind: "decimal" }>): FieldReader<Money> {
  const text = textReader(type, fields.text);
  const currencyOf = currencyReader(type, fields.currency);
  return {
    path: fields.text,
    read(message) {
      const amount = text.read(message);
      if (amount === undefined || amount === "") return undefined;
      return atPath(fields.text, () => moneyOfDecimal(amount, currencyOf(message) ?? ""));
    },
  };
}

function moneyOfDecimal(text: string, currency: string): Money {
  const [, sign, whole, fraction = ""] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) throw new ServiceError("UPSTREAM_MALFORMED", "must be a decimal number as text");
  return moneyFromUnits(BigInt(`${sign}${whole}${fraction}`), fraction.length, currency);
}

type CurrencyOf = (message: ProtoMessage) => string | undefined;

function currencyReader(type: MessageType, source: CurrencySource): CurrencyOf {
  if ("code" in source) return () => source.code;
  if ("read" in source) return (message) => source.read(message);
  const text = textReader(type, source.path);
  return (message) => text.read(message);
}

/** True if nothing is stated: proto3 has no other way to leave out an amount that is no message. */
function isAbsent(amounts: readonly (bigint | undefined)[], currency: string | undefined): boolean {
  if (amounts.every((amount) => amount === undefined)) return true;
  return amounts.every((amount) => amount === undefined || amount === 0n) && (currency ?? "") === "";
}
