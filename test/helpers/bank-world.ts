import type { StatementKind } from "../../src/domain/bank.ts";
import type { BankTransactionRecord, StatementRecord } from "../../src/domain/entities.ts";
import { entityId } from "../../src/domain/ids.ts";
import type { Money } from "../../src/domain/money.ts";
import { euro, type Place, putRecords } from "./ledger-world.ts";

export const IBAN = "DE89370400440532013000";

/** A day of 2026, from 0. */
export function day(n: number): string {
  return new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
}

/** A booked credit of 100 euro on day `n`. */
export function bankTransactionRecord(
  externalId: string,
  n: number,
  changes: Partial<BankTransactionRecord> = {},
): BankTransactionRecord {
  return {
    type: "BankTransaction",
    externalId,
    createdAt: `${day(n)}T00:00:00.000Z`,
    extensions: {},
    accountExternalId: IBAN,
    statementExternalId: `S${n}`,
    direction: "CREDIT",
    amount: euro(10_000n),
    isReversal: false,
    status: "BOOKED",
    rawStatus: "BOOK",
    booked: { date: day(n), time: undefined },
    valued: { date: day(n), time: undefined },
    code: undefined,
    references: [],
    counterparty: undefined,
    remittance: undefined,
    creditorReference: undefined,
    returnReason: undefined,
    amounts: [],
    charges: [],
    batches: [],
    additionalInfo: undefined,
    detailsMatch: "NONE",
    detailCount: 0,
    referenceValues: [],
    searchText: "",
    ...changes,
  };
}

/** A statement of day `n` that balances. */
export function statementRecord(
  externalId: string,
  n: number,
  changes: Partial<StatementRecord> = {},
): StatementRecord {
  const balance = (code: string, minor: bigint) => ({
    code,
    money: euro(minor),
    date: day(n),
    isDirectionAssumed: false,
  });
  const [opening, closing] = [balance("OPBD", 0n), balance("CLBD", 10_000n)];
  return {
    type: "Statement",
    externalId,
    createdAt: `${day(n)}T20:00:00.000Z`,
    extensions: {},
    accountExternalId: IBAN,
    kind: "STATEMENT",
    messageVersion: "camt.053.001.08",
    messageId: `M${n}`,
    statementId: externalId,
    electronicSequence: `${n + 1}`,
    legalSequence: undefined,
    copyDuplicate: undefined,
    issuedAt: `${day(n)}T21:00:00+01:00`,
    from: { date: day(n), time: `${day(n)}T00:00:00+01:00` },
    to: { date: day(n), time: undefined },
    firstDay: day(n),
    lastDay: day(n),
    balances: [opening, closing],
    checks: [{ currency: "EUR", opening, closing, booked: euro(10_000n), difference: euro(0n) }],
    isBalanced: true,
    summaryMatches: undefined,
    summaryDifferences: [],
    entries: 1,
    booked: 1,
    pending: 0,
    faulty: 0,
    detailsDiffer: 0,
    pages: [1],
    isComplete: true,
    ...changes,
  };
}

/** Records that a statement contains these transactions, in this order, `perPage` to a page. */
export async function reportTransactions(
  { database, tenantId, sourceId }: Place,
  statementExternalId: string,
  transactions: readonly string[],
  { perPage = 1_000, account = IBAN }: { readonly perPage?: number; readonly account?: string } = {},
): Promise<void> {
  const idOf = (type: "Statement" | "BankTransaction" | "Account", externalId: string) =>
    entityId(tenantId, sourceId, type, externalId);
  const [statementId, accountId] = [idOf("Statement", statementExternalId), idOf("Account", account)];
  await database.transaction(tenantId, async (tx) => {
    await tx.query(
      `insert into statement_parts (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
       select $1, $2, n, $3, $4, 'fil', 1, '{}' from generate_series(1, $5::int) as n on conflict do nothing`,
      [tenantId, statementId, sourceId, accountId, Math.ceil(transactions.length / perPage)],
    );
    await tx.query(
      `insert into statement_entries (tenant_id, statement_id, page, entry_index, source_id, account_id, file_id, kind, core_key,
         fingerprint, transaction_id, transaction_external_id, status, day, reference_list)
       select $1, $2, 1 + (n - 1) / $3, (n - 1) % $3, $4, $5, 'fil', 'STATEMENT', '', '', id, external_id, 'BOOKED', now(), '[]'
       from unnest($6::text[], $7::text[]) with ordinality as reported (id, external_id, n)`,
      [
        tenantId,
        statementId,
        perPage,
        sourceId,
        accountId,
        transactions.map((externalId) => idOf("BankTransaction", externalId)),
        transactions,
      ],
    );
  });
}

/** A message of the given kind that covers some days, with transactions that are known or not. */
export async function putMessage(
  place: Place,
  kind: StatementKind,
  externalId: string,
  [first, last]: readonly [number, number],
  transactions: readonly string[],
): Promise<void> {
  await putRecords(place, [statementRecord(externalId, last, { kind, firstDay: day(first), lastDay: day(last) })]);
  await reportTransactions(place, externalId, transactions);
}

export const money = (minor: bigint, exponent: number, currency: string): Money => ({ minor, exponent, currency });
