/**
 * `minor / 10^exponent` as a decimal, without a sign. With `fractionDigits`, zeros are appended, as some banks do.
 * @example decimalOf(1050n, 2) is "10.50"; decimalOf(1050n, 2, 5) is "10.50000"
 */
export function decimalOf(minor: bigint, exponent: number, fractionDigits = exponent): string {
  const digits = String(minor < 0n ? -minor : minor).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent).padEnd(fractionDigits, "0");
  return fraction === "" ? whole : `${whole}.${fraction}`;
}
