/** A business year. */
const MOST_DAYS = 250;
const DEFAULT_PER_DAY = 20;
/** Of the default world. */
const ACCOUNTS = 2;

/** How many days and how many entries of each account a day make about so many payments. None: no day has passed. */
export function sizeOf(payments: number): { readonly days: number; readonly entriesPerDay: number } {
  if (payments === 0) return { days: 0, entriesPerDay: DEFAULT_PER_DAY };
  const days = Math.min(MOST_DAYS, Math.ceil(payments / (ACCOUNTS * DEFAULT_PER_DAY)));
  return { days, entriesPerDay: Math.max(1, Math.round(payments / (ACCOUNTS * days))) };
}
