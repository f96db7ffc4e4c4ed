import { ibanOf } from "./check-digits.ts";

/** An account of the company at its bank, as the bank, the payment processor and the account feed know it. */
export interface CompanyAccount {
  readonly iban: string;
  /** The bank's own account number. */
  readonly number: string;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** Number of decimal places. Source: ISO 4217. */
  readonly exponent: number;
  /** Booked balance before the first day of the world, in minor units. */
  readonly openingMinor: bigint;
  /** True if the company does its daily business with it; the others only receive payouts. */
  readonly isOperating: boolean;
}

/** A company that several sandboxes show, each from its own side: one owner, the same accounts, the same movements. */
export interface Company {
  readonly name: string;
  readonly bank: { readonly name: string; readonly bic: string; readonly country: string };
  /** One for each currency in which the payment processor pays out. */
  readonly accounts: readonly CompanyAccount[];
}

const BANK_CODE = "500999";

// currency, decimal places, opening balance, whether it is an operating account
const ACCOUNTS: readonly (readonly [string, number, bigint, boolean])[] = [
  ["EUR", 2, 4_812_055n, true],
  ["USD", 2, 3_140_920n, true],
  ["GBP", 2, 612_480n, false],
  ["JPY", 0, 845_300n, false],
  ["KRW", 0, 3_120_000n, false],
  ["KWD", 3, 1_204_500n, false],
  ["BHD", 3, 1_480_250n, false],
  ["UGX", 0, 14_200_000n, false],
  ["HUF", 2, 96_400_000n, false],
  ["TWD", 2, 24_150_000n, false],
];

/** The company of the demo. */
export const COMPANY: Company = {
  name: "Sluice Sandbox Ltd",
  bank: { name: "Sandbank für Übungen AG", bic: "SLUIDEFFXXX", country: "DE" },
  accounts: ACCOUNTS.map(([currency, exponent, openingMinor, isOperating], index) => {
    const number = `00418275${String(10 + index * 7).padStart(4, "0")}`;
    return { iban: ibanOf("DE", `${BANK_CODE}${number}`), number, currency, exponent, openingMinor, isOperating };
  }),
};

/** The account in a currency (upper case); undefined if the company has none. */
export function accountIn(company: Company, currency: string): CompanyAccount | undefined {
  return company.accounts.find((account) => account.currency === currency);
}
