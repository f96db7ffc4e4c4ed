import type { BankEntry, StatementKind } from "../../domain/bank.ts";
import { arrayLiteral } from "../../store/array-literal.ts";
import type { Transaction } from "../../store/database.ts";
import { documentText } from "../../store/document.ts";
import type { IncomingEntry } from "./match-entries.ts";
import type { PageCopy } from "./page-copy.ts";
import type { StrongReference } from "./reference-keys.ts";

/** An entry and the booking that it was matched to. */
export interface MatchedEntry {
  readonly evidence: IncomingEntry;
  readonly entry: BankEntry;
  readonly externalId: string;
  /** Global id of the booking. */
  readonly transactionId: string;
  readonly version: bigint;
  readonly strongReferences: readonly StrongReference[];
}

export interface StatementPage extends PageCopy {
  readonly sourceId: string;
  readonly kind: StatementKind;
}

/** Records where the bookings were reported. */
export async function storeEntryOccurrences(
  tx: Transaction,
  page: StatementPage,
  matched: readonly MatchedEntry[],
): Promise<void> {
  if (matched.length === 0) return;
  const column = (pick: (item: MatchedEntry) => string | null | undefined): string => arrayLiteral(matched, pick);
  await tx.query(
    `insert into statement_entries (tenant_id, statement_id, page, source_id, account_id, file_id, kind, entry_index, core_key,
       fingerprint, transaction_id, transaction_external_id, status, booking_date, day, reference_list, text_key, version,
       amount_minor, exponent, currency, occurrence)
     select $1, $2, $3, $4, $5, $6, $7, input.*, $22 from unnest($8::integer[], $9::text[], $10::text[], $11::text[],
       $12::text[], $13::text[], $14::date[], $15::date[], $16::jsonb[], $17::text[], $18::bigint[], $19::numeric[],
       $20::smallint[], $21::text[]) as input
     on conflict (tenant_id, statement_id, page, file_id, occurrence, entry_index) do update set
       account_id = excluded.account_id, version = excluded.version, amount_minor = excluded.amount_minor,
       exponent = excluded.exponent, currency = excluded.currency,
       core_key = excluded.core_key, fingerprint = excluded.fingerprint,
       transaction_id = excluded.transaction_id, transaction_external_id = excluded.transaction_external_id,
       status = excluded.status, booking_date = excluded.booking_date, day = excluded.day,
       reference_list = excluded.reference_list, text_key = excluded.text_key`,
    [
      tx.tenantId,
      page.statementId,
      page.page,
      page.sourceId,
      page.accountId,
      page.fileId,
      page.kind,
      column(({ evidence }) => String(evidence.entryIndex)),
      column(({ evidence }) => evidence.coreKey),
      column(({ evidence }) => evidence.fingerprint),
      column(({ transactionId }) => transactionId),
      column(({ externalId }) => externalId),
      column(({ evidence }) => evidence.status),
      column(({ evidence }) => evidence.booked),
      column(({ evidence }) => evidence.day),
      column(({ evidence }) => JSON.stringify(evidence.references)),
      column(({ evidence }) => evidence.textKey),
      column(({ version }) => version.toString()),
      column(({ entry }) => entry.amount.minor.toString()),
      column(({ entry }) => entry.amount.exponent.toString()),
      column(({ entry }) => entry.amount.currency),
      page.occurrence,
    ],
  );
  await storeReferences(tx, page, matched);
}

/** Records the strong references by which the entries can be found. */
async function storeReferences(tx: Transaction, page: StatementPage, matched: readonly MatchedEntry[]): Promise<void> {
  const rows = matched.flatMap(({ evidence, strongReferences }) =>
    strongReferences.map(({ key }) => ({ key, index: evidence.entryIndex })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into bank_entry_references
       (tenant_id, account_id, statement_id, page, file_id, occurrence, reference_key, entry_index)
     select $1, $2, $3, $4, $5, $6, input.* from unnest($7::text[], $8::integer[]) as input on conflict do nothing`,
    [
      tx.tenantId,
      page.accountId,
      page.statementId,
      page.page,
      page.fileId,
      page.occurrence,
      arrayLiteral(rows, ({ key }) => key),
      arrayLiteral(rows, ({ index }) => String(index)),
    ],
  );
}

/** Maximum number of details of one statement: a salary run has several thousand. */
const MAX_ROWS = 2_000;

/** Stores the components of each booking as this statement reports them. */
export async function storeDetails(
  tx: Transaction,
  statementId: string,
  matched: readonly MatchedEntry[],
): Promise<void> {
  const rows = matched.flatMap(({ transactionId, version, entry }) =>
    entry.details.map((detail, index) => ({ transactionId, version, index, detail })),
  );
  for (let from = 0; from < rows.length; from += MAX_ROWS) {
    const some = rows.slice(from, from + MAX_ROWS);
    await tx.query(
      `insert into bank_transaction_details as existing (tenant_id, statement_id, transaction_id, detail_index, version, detail)
       select $1, $2, incoming.* from unnest($3::text[], $4::integer[], $5::bigint[], $6::jsonb[]) as incoming
       on conflict (tenant_id, transaction_id, statement_id, detail_index)
         do update set version = excluded.version, detail = excluded.detail where excluded.version > existing.version`,
      [
        tx.tenantId,
        statementId,
        arrayLiteral(some, ({ transactionId }) => transactionId),
        arrayLiteral(some, ({ index }) => String(index)),
        arrayLiteral(some, ({ version }) => version.toString()),
        arrayLiteral(some, ({ detail }) => documentText(detail)),
      ],
    );
  }
}
