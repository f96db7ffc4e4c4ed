import { ExactNumber } from "./exact-number.ts";

/** RFC 8259, section 6. */
const LITERAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** Maximum digits on either side of the point: more than any rate or amount has. */
const MAX_DIGITS = 40;

/**
 * Returns a JSON number from `parseExactJson` as decimal text without an exponent and with every digit that was
 * written: `1.0850`, `0.00000071`. Undefined if the value is not a number, or has more than 40 digits on one side of
 * the point.
 */
export function decimalTextOf(value: unknown): string | undefined {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return plainText(String(value));
  return value instanceof ExactNumber ? plainText(value.text) : undefined;
}

function plainText(literal: string): string | undefined {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = LITERAL.exec(literal) ?? [];
  const shift = Number(exponent); // has few digits, or is out of bounds anyway
  if (whole === "" || Math.abs(shift) > MAX_DIGITS) return undefined;
  const digits = `${"0".repeat(Math.max(0, -shift))}${whole}${fraction}${"0".repeat(Math.max(0, shift))}`;
  const point = whole.length + Math.max(0, -shift) + shift;
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const after = digits.slice(point).slice(0, Math.max(0, fraction.length - shift));
  if (before.length > MAX_DIGITS || after.length > MAX_DIGITS) return undefined;
  return `${sign}${before}${after === "" ? "" : `.${after}`}`;
}
