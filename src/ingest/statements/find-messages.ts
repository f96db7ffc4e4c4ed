import type { BankDate, StatementKind } from "../../domain/bank.ts";
import type { LocalDate } from "../../domain/values.ts";
import type { Transaction } from "../../store/database.ts";
import { dayAfter } from "./days.ts";
import { sequenceOf } from "./find-known.ts";
import { BOOKING_LAG_DAYS, type ListingMessage, LONGEST_PENDING_DAYS } from "./withdrawn.ts";

interface MessageRow extends Record<string, unknown> {
  readonly id: string;
  readonly kind: StatementKind;
  readonly version: bigint;
  readonly period_from: BankDate | null;
  readonly last_day: LocalDate | null;
  readonly electronic_sequence: string | null;
  readonly legal_sequence: string | null;
  readonly is_complete: boolean;
  readonly entry_count: number;
  readonly pending_count: number;
  readonly has_summary: boolean;
  readonly balance_codes: string | null;
  readonly currencies: readonly string[] | null;
  readonly omits_booked: boolean;
}

/**
 * Maximum number of statements examined: an account with hourly reports has fewer in the time that a payment may be
 * pending.
 */
const MAX_MESSAGES = 2_000;

/**
 * Finds messages of an account from about the first of these days until pending entries of the last of them are
 * withdrawn by elapsed time alone. Of later statements and reports the first one is sufficient to establish that this
 * much time has passed.
 */
export async function findMessages(
  tx: Transaction,
  accountId: string,
  days: readonly LocalDate[],
): Promise<readonly ListingMessage[]> {
  const ordered = days.toSorted();
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) return [];
  const rows = await tx.query<MessageRow>(MESSAGES, [
    accountId,
    dayAfter(first, -BOOKING_LAG_DAYS),
    dayAfter(last, LONGEST_PENDING_DAYS),
    MAX_MESSAGES,
  ]);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    version: row.version,
    from: row.period_from ?? undefined,
    lastDay: row.last_day ?? undefined,
    sequence: sequenceOf(row.electronic_sequence ?? row.legal_sequence),
    isComplete: row.is_complete,
    entries: row.entry_count,
    pending: row.pending_count,
    hasSummary: row.has_summary,
    balanceCodes: row.balance_codes ?? "",
    currencies: row.currencies ?? [],
    omitsBooked: row.omits_booked,
  }));
}

/** `offset 0` preserves the order of the search: each step is an index lookup. */
const MESSAGES = `
  with candidate as materialized (
    (select * from statements where account_id = $1 and last_day >= $2::date and last_day < $3::date
       and content_hash is not null and deleted_at is null order by last_day limit $4)
    union all
    (select * from statements where account_id = $1 and kind = 'STATEMENT' and last_day >= $3::date and is_complete
       and content_hash is not null and deleted_at is null order by last_day limit 5)
    union all
    (select * from statements where account_id = $1 and kind = 'REPORT' and last_day >= $3::date and is_complete
       and content_hash is not null and deleted_at is null order by last_day limit 5)
  ), message as materialized (
    select candidate.*, page.version, page.currency, page.has_summary
    from candidate cross join lateral (
      select max(version) as version, max(part -> 'account' ->> 'currency') as currency,
        bool_or(part ? 'summary') as has_summary
      from statement_parts where statement_id = candidate.id offset 0
    ) as page
  )
  select message.id, kind, version, period_from, last_day, electronic_sequence, legal_sequence, is_complete, entry_count,
    pending_count, has_summary,
    (select string_agg(balance ->> 'code', ' ' order by balance ->> 'code')
      from jsonb_array_elements(balance_list) as balance) as balance_codes,
    (select array_agg(distinct found) from (
      select currency as found union all
      select balance -> 'money' ->> 'currency' from jsonb_array_elements(balance_list) as balance
    ) as known where found is not null) as currencies,
    kind = 'REPORT' and exists (
      select from message as earlier
      cross join lateral (
        select * from statement_entries as entry where entry.statement_id = earlier.id and entry.status = 'BOOKED' offset 0
      ) as booked
      where earlier.kind = 'REPORT' and earlier.last_day = message.last_day
        and earlier.currency is not distinct from message.currency
        and (earlier.version < message.version or earlier.id = message.id)
        and not exists (
          select from statement_entries as entry join statement_parts as part using (statement_id, page, file_id, occurrence)
          where entry.transaction_id = booked.transaction_id and entry.statement_id = message.id offset 0
        )
    ) as omits_booked
  from message`;
