import type { Transaction } from "../../store/database.ts";
import {
  findScopes,
  isFree,
  REPORTED_ENTRY_COLUMNS,
  occurrenceOf,
  type EntryOccurrenceRow,
  stillCounts,
} from "./find-known.ts";
import type { IncomingEntry } from "./match-entries.ts";
import type { RevisableBooking } from "./match-revised.ts";
import type { PageCopy } from "./page-copy.ts";
import type { StrongReference } from "./reference-keys.ts";

interface RevisableRow extends EntryOccurrenceRow {
  /** Keys of the requested references that only this entry of its message has. */
  readonly reference_keys: readonly string[];
}

/**
 * Finds bookings that share a strong reference with one of the entries and that this copy of the page has not reported,
 * with all their entries that are still valid: these entries decide whether both can be one booking. Uses two SQL
 * statements, regardless of the number of entries.
 */
export async function findRevisable(
  tx: Transaction,
  { accountId, statementId, page, fileId, occurrence }: PageCopy,
  entries: readonly IncomingEntry[],
  strong: ReadonlyMap<number, readonly StrongReference[]>,
): Promise<readonly RevisableBooking[]> {
  const keys = new Set(entries.flatMap(({ entryIndex }) => (strong.get(entryIndex) ?? []).map(({ key }) => key)));
  if (keys.size === 0) return [];
  const rows = await tx.query<RevisableRow>(FIND, [
    accountId,
    [...keys],
    statementId,
    page,
    fileId,
    occurrence,
    entries.some(({ status }) => status !== "BOOKED"),
    MAX_ENTRIES,
  ]);
  const scopes = await findScopes(tx, [...new Set(rows.map((row) => row.statement_id))]);
  return [...Map.groupBy(rows, (row) => row.transaction_external_id)].map(([externalId, own]) => ({
    externalId,
    reportedEntries: own.map((row) => occurrenceOf(row, scopes)),
    keys: new Set(own.flatMap((row) => row.reference_keys)),
  }));
}

/**
 * A reference that more entries have does not identify a payment. An entry that is pending for 30 days is in several
 * hundred hourly reports.
 */
const MAX_ENTRIES = 2_000;

/**
 * Each reference is looked up separately, and reading stops at the limit. For booked entries only transactions that are
 * not booked yet are candidates. `offset 0` preserves the order of the search.
 */
const FIND = `
  with meant as materialized (
    select found.*, count(*) over (partition by reference_key) as entries,
      count(*) over (partition by reference_key, statement_id, page, file_id, occurrence) as in_message
    from unnest($2::text[]) as requested (key)
    cross join lateral (
      select * from bank_entry_references where account_id = $1 and reference_key = requested.key limit $8 + 1
    ) as found
  ), candidate as materialized (
    select entry.transaction_id, array_agg(distinct reference_key) filter (where in_message = 1) as reference_keys
    from meant cross join lateral (
      select transaction_id from statement_entries as entry
      where entry.statement_id = meant.statement_id and entry.page = meant.page and entry.file_id = meant.file_id
        and entry.occurrence = meant.occurrence and entry.entry_index = meant.entry_index offset 0
    ) as entry
    where meant.entries <= $8 and ${isFree("entry", 3)}
    group by entry.transaction_id
  )
  select ${REPORTED_ENTRY_COLUMNS}, candidate.reference_keys
  from candidate cross join lateral (
    select * from statement_entries as entry where entry.transaction_id = candidate.transaction_id offset 0
  ) as entry
  where candidate.reference_keys is not null and ($7 or not exists (
    select from statement_entries as booked
    where booked.transaction_id = candidate.transaction_id and booked.status = 'BOOKED'
      and ${stillCounts("booked")} offset 0))
    and ${stillCounts("entry")}
  order by transaction_external_id, entry.statement_id, page, file_id, occurrence, entry_index`;
