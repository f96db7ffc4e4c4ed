import { validateIBAN, ValidationErrorsIBAN } from "ibantools";

/** Converts to upper case, without white space. */
export function normalizeIban(text: string): string {
  return text.replace(/\s/g, "").toUpperCase();
}

/**
 * Returns true for an IBAN, in its normal form, of a country that uses them: its length and structure match the
 * country's, and its check digits are valid. National checks inside account numbers are left to the banks: they change,
 * and an account that a bank lists exists. Source: ISO 13616 and its registry.
 */
export function isIban(text: string): boolean {
  return validateIBAN(text).errorCodes.every((code) => code === ValidationErrorsIBAN.WrongAccountBankBranchChecksum);
}
