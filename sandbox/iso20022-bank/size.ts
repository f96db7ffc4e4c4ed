/** A business year. */
const MOST_DAYS = 250;
const DEFAULT_PER_DAY = 20;
/** Number of accounts in the default world. */
const ACCOUNTS = 2;

/** Length of the history of a company's world: that of its payment processor. */
export const COMPANY_DAYS = 90;

/**
 * Computes the number of days, and of entries of each account per day, that give approximately this many payments. For
 * 0, no day has passed.
 */
export function sizeOf(payments: number): { readonly days: number; readonly entriesPerDay: number } {
  if (payments === 0) return { days: 0, entriesPerDay: DEFAULT_PER_DAY };
  const days = Math.min(MOST_DAYS, Math.ceil(payments / (ACCOUNTS * DEFAULT_PER_DAY)));
  return { days, entriesPerDay: Math.max(1, Math.round(payments / (ACCOUNTS * days))) };
}
