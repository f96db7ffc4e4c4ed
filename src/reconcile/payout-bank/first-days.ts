import type { Transaction } from "../../store/database.ts";

/**
 * First days of which sources have reported payouts or bank transactions: what is older than these has nothing to be
 * compared with. Days are YYYY-MM-DD.
 */
export interface FirstDays {
  /** By source. */
  readonly payouts: Readonly<Record<string, string>>;
  /** By source and currency. */
  readonly banks: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export const NO_FIRST_DAYS: FirstDays = { payouts: {}, banks: {} };

interface ReportedDay extends Record<string, unknown> {
  readonly source_id: string;
  /** Null: of payouts. */
  readonly currency: string | null;
  readonly day: string;
}

/** Returns the first days with those of these objects; the same value if they change nothing. */
export async function withFirstDaysOf(tx: Transaction, ids: readonly string[], known: FirstDays): Promise<FirstDays> {
  if (ids.length === 0) return known;
  const rows = await tx.query<ReportedDay>(REPORTED, [ids]);
  return rows.reduce(withDay, known);
}

const REPORTED = `
  select source_id, currency, min(coalesce(booking_date, value_date))::text as day from bank_transactions
  where id = any($1) and content_hash is not null and currency is not null
    and coalesce(booking_date, value_date) is not null
  group by source_id, currency
  union all
  select source_id, null, min(arrival_date)::text from payouts
  where id = any($1) and content_hash is not null and arrival_date is not null group by source_id`;

function withDay(known: FirstDays, { source_id: sourceId, currency, day }: ReportedDay): FirstDays {
  const { payouts, banks } = known;
  const former = currency === null ? payouts[sourceId] : banks[sourceId]?.[currency];
  if (former !== undefined && former <= day) return known;
  if (currency === null) return { ...known, payouts: { ...payouts, [sourceId]: day } };
  return { ...known, banks: { ...banks, [sourceId]: { ...banks[sourceId], [currency]: day } } };
}

/** Currencies in which banks have reported transactions. */
export function bankCurrenciesOf({ banks }: FirstDays): ReadonlySet<string> {
  return new Set(Object.values(banks).flatMap((days) => Object.keys(days)));
}
