import { ibanOf } from "../../shared/check-digits.ts";
import type { Party } from "./entry.ts";
import { createRandom } from "./random.ts";

/**
 * Number of decimal places. Source: ISO 4217; HRK is historic, XCG is newer than many lists, and QQQ is in no list. A
 * world contains these three only on request.
 */
export const EXPONENTS = { EUR: 2, CHF: 2, USD: 2, GBP: 2, JPY: 0, BHD: 3, HRK: 2, XCG: 2, QQQ: 2 } as const;
export type Currency = keyof typeof EXPONENTS;

/** An account at the simulated bank. */
export interface Account {
  /** Index in the world, from 0. */
  readonly index: number;
  readonly iban: string;
  /** The bank's own account number: for files without an IBAN. */
  readonly number: string;
  /** ISO 4217, upper case. */
  readonly currency: string;
  readonly exponent: number;
  readonly owner: string;
  readonly servicer: { readonly bic: string; readonly name: string };
  /** Booked balance before day 0; may be below zero. */
  readonly openingMinor: bigint;
}

const BANK = { bic: "SLUIDEFFXXX", name: "Sandbank für Übungen AG" };

/** The accounts of a world: an IBAN each, in the given currencies. */
export function accountsOf(seed: number, currencies: readonly Currency[]): readonly Account[] {
  return currencies.map((currency, index) => {
    const random = createRandom(seed, 0xacc, index);
    const exponent = EXPONENTS[currency];
    const [country, bban] = homeOf(currency, random.digits(12));
    return {
      index,
      iban: ibanOf(country, bban),
      number: `${random.digits(4)}-${random.digits(7)}`,
      currency,
      exponent,
      // Outside ASCII on purpose: a file in a wrongly declared encoding cannot be read.
      owner: index === 0 ? "Müller & Söhne GmbH" : "Müller & Söhne GmbH, Zürich",
      servicer: BANK,
      // The second begins near zero, so that there are positive and negative balances.
      openingMinor: BigInt(random.integer(index === 1 ? -50_000 : 500_000, index === 1 ? 50_000 : 9_000_000)),
    };
  });
}

function homeOf(currency: Currency, digits: string): readonly [country: string, bban: string] {
  if (currency === "CHF") return ["CH", `00762${digits}`];
  if (currency === "BHD") return ["BH", `SLUI00${digits}`];
  return ["DE", `500999${digits}`];
}

/** A counterparty with an account at another bank. */
export function partyOf(name: string, digits: string): Party {
  return { name, iban: ibanOf("NL", `INGB${digits}`), bic: "INGBNL2A" };
}
