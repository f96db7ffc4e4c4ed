/** Where payouts of a source arrive, and what is usual there. */
export interface PayoutRoute {
  /** Name; empty for the route of payouts for which none is declared. */
  readonly id: string;
  readonly from: {
    readonly sourceId: string;
    /** The processor's account, by its id at the source; undefined: all. */
    readonly accountExternalId: string | undefined;
    /** Currency of the payouts; undefined: all. */
    readonly currency: string | undefined;
  };
  /** Undefined: any account of another source. */
  readonly to:
    | { readonly sourceId: string; /** Undefined: all. */ readonly accountExternalId: string | undefined }
    | undefined;
  /** Business days after the expected arrival within which a payout usually arrives. */
  readonly usualDays: number;
  /** Days other than Saturdays and Sundays on which the bank books nothing: YYYY-MM-DD. */
  readonly holidays: ReadonlySet<string>;
  /** Names of which a transaction must contain one if it contains no reference; empty: any transaction may match. */
  readonly names: readonly string[];
  /** What the bank takes from each transfer: a fixed amount, or one by the amount of the transfer. */
  readonly fee: readonly FeeStep[];
  /** How the bank converts payouts of another currency; undefined: it does not. */
  readonly exchange: ExchangeRule | undefined;
}

/** Fee of transfers up to an amount. */
export interface FeeStep {
  /** Decimal text, inclusive; undefined: of any amount. */
  readonly upTo: string | undefined;
  /** Decimal text. */
  readonly amount: string;
}

/** An amount of a route: six fraction digits at most. */
export const ROUTE_AMOUNT = /^(0|[1-9]\d{0,17})(\.\d{1,6})?$/;

/** What is wrong with a step of a fee. */
interface FeeProblem {
  readonly index: number;
  readonly expected: string;
}

/** Returns what is wrong with the limits of the steps: they rise, and only the last step has none. */
export function feeProblems(fee: readonly { readonly upTo?: string | undefined }[]): readonly FeeProblem[] {
  return fee.flatMap(({ upTo }, index) => {
    if (upTo === undefined)
      return index < fee.length - 1 ? [{ index, expected: "must be set, except in the last step" }] : [];
    const next = fee[index + 1]?.upTo;
    if (next === undefined || millionthsOf(upTo) < millionthsOf(next)) return [];
    return [{ index: index + 1, expected: `must be more than ${upTo}` }];
  });
}

function millionthsOf(amount: string): bigint {
  const [whole = "", fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(6, "0"));
}

/** How a payout of one currency arrives in another one. */
export type ExchangeRule = LedgerEntryRate | InstructedAmount;

/** It is converted by the rate of the payout's own ledger entry. */
export interface LedgerEntryRate {
  readonly by: "LEDGER_ENTRY_RATE";
  /** Currency of the bank account. */
  readonly to: string;
  readonly rounding: "HALF_UP" | "HALF_EVEN" | "DOWN";
}

/** The bank states the amount that was instructed in the payout's currency, beside the one that it has booked. */
export interface InstructedAmount {
  readonly by: "INSTRUCTED_AMOUNT";
  /** Currency of the bank account. */
  readonly to: string;
}

const DAY_MS = 86_400_000;

/** Returns the date after a number of business days; Saturdays, Sundays and the holidays are none. */
export function addBusinessDays(date: string, days: number, holidays: ReadonlySet<string>): string {
  let current = date;
  for (let left = days; left > 0;) {
    current = addDays(current, 1);
    if (isBusinessDay(current, holidays)) left -= 1;
  }
  return current;
}

function isBusinessDay(date: string, holidays: ReadonlySet<string>): boolean {
  const weekday = new Date(date).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
}

/** Returns the date `days` calendar days later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Number of days from one date to another; negative if the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS); // both are midnight in UTC
}
