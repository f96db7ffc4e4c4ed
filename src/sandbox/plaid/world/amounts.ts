import type { Random } from "../../shared/random.ts";

/** Digits after the point that the world counts with: those of the finest currency in it. */
export const SCALE = 8;

/** Plain decimal text of `units / 10^SCALE`, with no more digits than it needs. */
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
 * The same number as one of the JSON literals that write it: most as a serializer would, some with zeros at the end, or an
 * exponent, which readers that go through a float take for the same, and readers of text must not take for another.
 */
export function spell(units: bigint, random: Random): string {
  const plain = decimalOf(units);
  const draw = random.next();
  if (draw < 0.85) return plain;
  if (draw < 0.95) return plain.includes(".") ? `${plain}0` : `${plain}.00`;
  const [, digits = "", zeros = ""] = /^(-?\d*?)(0*)$/u.exec(plain) ?? [];
  return digits === "" || digits === "-" || zeros === "" ? `${plain}e0` : `${digits}e${zeros.length}`;
}

/** A number of JSON that is written as `literal`, to stand in what goes through `JSON.stringify`. */
export function jsonNumber(literal: string): unknown {
  return json.rawJSON(literal);
}

// Node has it; TypeScript's library does not know it yet.
const json = JSON as unknown as { rawJSON(text: string): unknown };
