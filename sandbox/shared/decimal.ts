/** Minor units as a decimal number: `-12.50` for -1250 with two decimal places. */
export function decimalText(minor: bigint, exponent: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  return `${minor < 0n ? "-" : ""}${whole}${exponent === 0 ? "" : `.${digits.slice(-exponent)}`}`;
}

/**
 * Minor units of a decimal number. @throws RangeError for a text that is no number, or has more decimal places than the
 * currency other than zeros
 */
export function minorOf(decimal: string, exponent: number): bigint {
  const [, sign = "", whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(decimal) ?? [];
  if (whole === "" || /[^0]/u.test(fraction.slice(exponent)))
    throw new RangeError(`${decimal} is no amount with ${exponent} decimal places`);
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  return sign === "-" ? -minor : minor;
}
