import type { Random } from "../../shared/random.ts";

/** Number of decimal places used by the world: that of the finest currency in it. */
export const SCALE = 8;

/** Plain decimal text of `units / 10^SCALE`, with no more digits than needed. */
export function decimalOf(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, "0");
  const fraction = digits.slice(-SCALE).replace(/0+$/u, "");
  const whole = digits.slice(0, -SCALE);
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/** The units of plain decimal text: `-12.5`. */
export function unitsOf(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const units = BigInt(whole + fraction.padEnd(SCALE, "0"));
  return decimal.startsWith("-") ? -units : units;
}

/**
 * Writes the number as one of its possible JSON literals: mostly as a serializer would, sometimes with trailing zeros
 * or an exponent. Readers that use a float consider these equal, and readers of text must not consider them different.
 */
export function spell(units: bigint, random: Random): string {
  const plain = decimalOf(units);
  const draw = random.next();
  if (draw < 0.85) return plain;
  if (draw < 0.95) return plain.includes(".") ? `${plain}0` : `${plain}.00`;
  const [, digits = "", zeros = ""] = /^(-?\d*?)(0*)$/u.exec(plain) ?? [];
  return digits === "" || digits === "-" || zeros === "" ? `${plain}e0` : `${digits}e${zeros.length}`;
}

/** A JSON number written as `literal`, for values that are passed to `JSON.stringify`. */
export function jsonNumber(literal: string): unknown {
  return json.rawJSON(literal);
}

// Node has it; TypeScript's library does not declare it yet.
const json = JSON as unknown as { rawJSON(text: string): unknown };
