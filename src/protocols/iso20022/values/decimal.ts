/** An exact decimal without a currency: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Twice the maximum of the schemas (18 digits), and few enough for safe arithmetic. */
const MAX_DIGITS = 38;
/** XSD decimal without a sign: amounts have none, their direction is in CdtDbtInd. */
const DECIMAL = /^(?:\d+\.?\d*|\.\d+)$/;

/** Parses a number; undefined for a sign, an exponent, a comma, a group separator, or more than 38 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > MAX_DIGITS + 1 || !DECIMAL.test(text)) return undefined;
  const point = text.indexOf(".");
  if (point === -1) return text.length > MAX_DIGITS ? undefined : { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** Parses an XSD decimal with its sign, for sums: `-15.58`, `+15.58`; undefined as for `parseDecimal`. */
export function parseSignedDecimal(text: string): Decimal | undefined {
  const isNegative = text.startsWith("-");
  const decimal = parseDecimal(isNegative || text.startsWith("+") ? text.slice(1) : text);
  return decimal && isNegative ? { ...decimal, units: -decimal.units } : decimal;
}

/** Converts `units` with `from` digits after the point to `to` digits, which are at least as many. */
export function rescale(units: bigint, from: number, to: number): bigint {
  return from === to ? units : units * 10n ** BigInt(to - from);
}
