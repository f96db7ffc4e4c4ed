/** An exact decimal without a currency: `units / 10^scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Twice what the schemas allow (18 digits), and short enough for arithmetic that nobody has to think about. */
const MAX_DIGITS = 38;
/** XSD decimal without a sign: amounts have none, their direction stands in CdtDbtInd. */
const DECIMAL = /^(?:\d+\.?\d*|\.\d+)$/;

/** The number that `text` writes; undefined for a sign, an exponent, a comma, a group separator, or more than 38 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  if (text.length > MAX_DIGITS + 1 || !DECIMAL.test(text)) return undefined;
  const point = text.indexOf(".");
  if (point === -1) return text.length > MAX_DIGITS ? undefined : { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** `units` at `from` digits after the point, written with `to`, which are at least as many. */
export function rescale(units: bigint, from: number, to: number): bigint {
  return from === to ? units : units * 10n ** BigInt(to - from);
}
