import type { BankEntry, StatementKind } from "../domain/bank.ts";
import { arrayLiteral } from "../store/array-literal.ts";
import type { Transaction } from "../store/database.ts";
import { documentText } from "../store/entities/document.ts";
import type { IncomingEntry } from "./match-entries.ts";

/** An entry and the booking that it is. */
export interface Told {
  readonly evidence: IncomingEntry;
  readonly entry: BankEntry;
  readonly externalId: string;
  /** Global id of the booking. */
  readonly transactionId: string;
  readonly version: bigint;
}

export interface TellingPage {
  readonly sourceId: string;
  /** Global ids. */
  readonly accountId: string;
  readonly statementId: string;
  readonly kind: StatementKind;
  readonly page: number;
  readonly fileId: string;
}

/** Notes where the bookings were told. */
export async function storeSightings(tx: Transaction, page: TellingPage, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  const column = (pick: (item: Told) => string | null | undefined): string => arrayLiteral(told, pick);
  await tx.query(
    `insert into bank_sightings (tenant_id, statement_id, page, source_id, account_id, file_id, kind, entry_index, core_key,
       fingerprint, transaction_id, transaction_external_id, status, booking_date, day, reference_list, text_key)
     select $1, $2, $3, $4, $5, $6, $7, told.* from unnest($8::integer[], $9::text[], $10::text[], $11::text[], $12::text[],
       $13::text[], $14::date[], $15::date[], $16::jsonb[], $17::text[]) as told
     on conflict (tenant_id, statement_id, page, file_id, entry_index) do update set account_id = excluded.account_id,
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
    ],
  );
}

/** Details of one statement at most: a salary run has some thousands. */
const MAX_ROWS = 2_000;

/** What each booking was made of, as this statement tells it. */
export async function storeDetails(tx: Transaction, statementId: string, told: readonly Told[]): Promise<void> {
  const rows = told.flatMap(({ transactionId, version, entry }) =>
    entry.details.map((detail, index) => ({ transactionId, version, index, detail })),
  );
  for (let from = 0; from < rows.length; from += MAX_ROWS) {
    const some = rows.slice(from, from + MAX_ROWS);
    await tx.query(
      `insert into bank_transaction_details as held (tenant_id, statement_id, transaction_id, detail_index, version, detail)
       select $1, $2, offered.* from unnest($3::text[], $4::integer[], $5::bigint[], $6::jsonb[]) as offered
       on conflict (tenant_id, transaction_id, statement_id, detail_index)
         do update set version = excluded.version, detail = excluded.detail where excluded.version > held.version`,
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
