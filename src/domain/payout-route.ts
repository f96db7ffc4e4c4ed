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

/** The rate is that of the payout's own ledger entry. */
export interface ExchangeRule {
  /** Currency of the bank account. */
  readonly to: string;
  readonly rounding: "HALF_UP" | "HALF_EVEN" | "DOWN";
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
