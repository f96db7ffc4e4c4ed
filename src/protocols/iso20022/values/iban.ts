const SHAPE = /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/;

/** Upper case, without white space. */
export function normalizeIban(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

/** True for an IBAN, in its normal form, whose check digits are right. Source: ISO 13616-1, ISO 7064 MOD 97-10. */
export function isIban(text: string): boolean {
  if (!SHAPE.test(text)) return false;
  let rest = 0;
  for (const char of text.slice(4) + text.slice(0, 4)) {
    const digits = Number.parseInt(char, 36); // A is 10, Z is 35
    rest = (rest * (digits < 10 ? 10 : 100) + digits) % 97;
  }
  return rest === 1;
}
