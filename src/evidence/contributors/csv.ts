/** Characters with which spreadsheets begin a formula. Source: OWASP, "CSV Injection". */
const FORMULA = /^[=+\-@\t\r\n]/;
/** A number, which a spreadsheet reads as a number, negative ones included. */
const NUMBER = /^-?\d{1,30}(\.\d{1,10})?$/;

/**
 * Returns a cell: a text that a spreadsheet would execute gets an apostrophe in front. Numbers stay numbers, so that
 * negative amounts can be added up.
 */
export function csvCell(value: string | number | bigint | null): string {
  if (value === null) return "";
  const text = String(value);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Returns a line without its end. Source: RFC 4180. */
export function csvLine(cells: readonly (string | number | bigint | null)[]): string {
  return `${cells.map(csvCell).join(",")}\r`;
}

/** Returns an amount as a decimal: `-10.50`. */
export function decimalText(minor: bigint, exponent: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  return `${minor < 0n ? "-" : ""}${whole}${exponent > 0 ? `.${digits.slice(-exponent)}` : ""}`;
}
