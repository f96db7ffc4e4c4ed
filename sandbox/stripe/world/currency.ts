/**
 * Rules of Stripe's API for amounts in one currency. All figures are in the unit of the API's `amount`. Source: Stripe
 * docs, "Supported currencies": zero-decimal, three-decimal, special cases, minimum charge amounts.
 */
export interface CurrencyRule {
  readonly code: string;
  /** Amounts must be a multiple: 10 for three-decimal currencies, 100 for ISK and UGX (whole units sent as two-decimal). */
  readonly step: number;
  /** Payout amounts must be a multiple: 100 for HUF and TWD, which pay out in whole units only. */
  readonly payoutStep: number;
  readonly minimum: number;
  /** Fixed part of the processing fee; the other part is 2.9 %. */
  readonly fixedFee: number;
  /** Fee of the bank network for a dispute; not returned when the dispute is lost. */
  readonly disputeFee: number;
  /** A typical basket, low to high. */
  readonly basket: readonly [low: number, high: number];
  /**
   * Relative share of the seeded payments; 0 for a currency that a world contains only after an explicit payment in it.
   */
  readonly weight: number;
  /** Country of the cards and customers that pay in it. */
  readonly country: string;
}

type Row = readonly [string, number, number, number, number, number, readonly [number, number], number, string];

// code, step, payout step, minimum, fixed fee, dispute fee, basket, weight, country
const ROWS: readonly Row[] = [
  ["usd", 1, 1, 50, 30, 1500, [900, 45_000], 40, "US"],
  ["eur", 1, 1, 50, 25, 2000, [900, 40_000], 25, "DE"],
  ["gbp", 1, 1, 30, 20, 2000, [800, 35_000], 10, "GB"],
  ["jpy", 1, 1, 50, 40, 1300, [500, 60_000], 7, "JP"],
  ["krw", 1, 1, 100, 400, 15_000, [5_000, 400_000], 4, "KR"],
  ["kwd", 10, 10, 200, 100, 5_000, [3_000, 90_000], 3, "KW"],
  ["bhd", 10, 10, 200, 100, 5_000, [3_000, 90_000], 2, "BH"],
  ["isk", 100, 100, 6_500, 4_000, 200_000, [100_000, 4_000_000], 2, "IS"],
  ["ugx", 100, 100, 200_000, 100_000, 5_500_000, [2_000_000, 50_000_000], 2, "UG"],
  ["huf", 1, 100, 17_500, 8_500, 550_000, [200_000, 9_000_000], 3, "HU"],
  ["twd", 1, 100, 1_500, 1_000, 45_000, [30_000, 900_000], 2, "TW"],
  // Currencies of an account with a history: two that became the euro, one newer than many lists, one that no list has.
  // Never seeded.
  ["hrk", 1, 1, 400, 200, 11_500, [7_000, 300_000], 0, "HR"],
  ["ltl", 1, 1, 170, 90, 5_200, [3_000, 140_000], 0, "LT"],
  ["xcg", 1, 1, 90, 50, 2_700, [1_600, 80_000], 0, "CW"],
  ["qqq", 1, 1, 50, 30, 1_500, [900, 45_000], 0, "US"],
];

/** The currencies of the sandbox by lower-case ISO code, as Stripe writes them. */
export const CURRENCIES: ReadonlyMap<string, CurrencyRule> = new Map(
  ROWS.map(([code, step, payoutStep, minimum, fixedFee, disputeFee, basket, weight, country]) => [
    code,
    { code, step, payoutStep, minimum, fixedFee, disputeFee, basket, weight, country },
  ]),
);

/** Rule of a currency that is known to be supported. */
export function ruleOf(code: string): CurrencyRule {
  const rule = CURRENCIES.get(code);
  if (rule === undefined) throw new RangeError(`the sandbox does not know currency ${code}`);
  return rule;
}

const DECIMALS: ReadonlyMap<string, number> = new Map([
  ["jpy", 0],
  ["krw", 0],
  ["kwd", 3],
  ["bhd", 3],
]);

/** Decimal places of the API's amounts; ISK and UGX, which have none, are written in hundredths. */
export function decimalsOf(code: string): number {
  return DECIMALS.get(code) ?? 2;
}

/** Stripe's fee on a charge: 2.9 % and the fixed part, rounded to what the currency can express. */
export function processingFee(code: string, amount: number): number {
  const { step, fixedFee } = ruleOf(code);
  return Math.round((amount * 0.029) / step) * step + fixedFee;
}

/** `amount` times `share`, rounded to the currency's step, at least one step. */
export function portion(code: string, amount: number, share: number): number {
  const { step } = ruleOf(code);
  return Math.max(step, Math.floor((amount * share) / step) * step);
}

/** Target currency and exchange rate of payments that are converted before they reach the balance. */
export interface Conversion {
  readonly currency: string;
  /** Units of `currency` for one unit of the payment's currency; both have two decimals in the API. */
  readonly rate: number;
}

/** The account has no bank account in these currencies. */
const CONVERSIONS: ReadonlyMap<string, Conversion> = new Map([["isk", { currency: "eur", rate: 0.006812 }]]);

/** Undefined for a currency that has a balance of its own. */
export function conversionOf(code: string): Conversion | undefined {
  return CONVERSIONS.get(code);
}

/** Currencies that have a balance. */
export function settlementCurrencies(): readonly string[] {
  return [...CURRENCIES.keys()].filter((code) => !CONVERSIONS.has(code));
}
