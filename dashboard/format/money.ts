/** An amount as the graph returns it. */
export interface Amount {
  /** Exact decimal text: `-10.50`. */
  readonly amount: string;
  readonly currency: string;
}

/** Returns an amount with its thousands separated: `-1,234,567.89 EUR`. It is never a number, so no digit is lost. */
export function formatMoney({ amount, currency }: Amount): string {
  return `${groupDigits(amount)} ${currency}`;
}

/** Returns exact decimal text with its thousands separated, and a real minus sign. */
export function groupDigits(decimal: string): string {
  const [, sign = "", whole = "", rest = ""] = /^([-+]?)(\d+)(.*)$/.exec(decimal) ?? [];
  if (whole === "") return decimal;
  return `${sign === "-" ? "−" : sign}${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}${rest}`;
}

/** Returns an amount of minor units as decimal text: 1050 with exponent 2 is `10.50`. */
export function decimalOf(minor: bigint, exponent: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const at = digits.length - exponent;
  const text = exponent === 0 ? digits : `${digits.slice(0, at)}.${digits.slice(at)}`;
  return minor < 0n ? `-${text}` : text;
}

/** Returns a part of a whole in per cent, from 0 to 100, for a drawing. The two may have any size. */
export function percentOf(part: bigint, whole: bigint): number {
  if (whole === 0n) return 0;
  const share = Number((abs(part) * 10_000n) / abs(whole)) / 100;
  return Math.min(share, 100);
}

export const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** Returns whether exact decimal text is zero. */
export const isZero = (decimal: string): boolean => /^[-+]?0*(\.0*)?$/.test(decimal);

/** Returns a count with its thousands separated; `≈` marks an estimate. */
export function formatCount({ count, isEstimate }: { readonly count: number; readonly isEstimate: boolean }): string {
  return `${isEstimate ? "≈ " : ""}${groupDigits(String(count))}`;
}
