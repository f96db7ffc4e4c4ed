/** `text` with letters as numbers (A is 10), modulo 97. Source: ISO 7064, MOD 97-10. */
export function mod97(text: string): number {
  const digits = text.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  let rest = "";
  // As many digits at a time as a number can represent exactly.
  for (let at = 0; at < digits.length; at += 12) rest = String(Number(rest + digits.slice(at, at + 12)) % 97);
  return Number(rest);
}

const checkDigits = (body: string): string => String(98 - mod97(`${body}00`)).padStart(2, "0");

/** An IBAN with correct check digits. Source: ISO 13616. */
export function ibanOf(country: string, bban: string): string {
  return `${country}${checkDigits(`${bban}${country}`)}${bban}`;
}

/** A creditor reference with correct check digits: `RF18539007547034`. Source: ISO 11649. */
export function creditorReferenceOf(body: string): string {
  return `RF${checkDigits(`${body}RF`)}${body}`;
}
