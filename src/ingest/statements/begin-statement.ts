import type { StatementPart } from "../../domain/bank.ts";
import { closingOf, openingOf } from "../../domain/booked-balances.ts";
import type { StatementRecord } from "../../domain/entities.ts";
import { entityId } from "../../domain/ids.ts";
import type { Money } from "../../domain/money.ts";
import type { Transaction } from "../../store/database.ts";
import { documentText } from "../../store/document.ts";
import { noteCurrencies } from "./account-currencies.ts";
import { currenciesOf } from "./currencies.ts";
import { mergePages } from "./merge-pages.ts";
import { partVersion } from "./entry-version.ts";
import { recordsOf, type VersionedRecord } from "./statement-records.ts";
import { copyName, type PageCopy } from "./page-copy.ts";
import { currencyOf, pageOf, statementKey } from "./statement-key.ts";

export interface BeginInput {
  readonly sourceId: string;
  readonly fileId: string;
  readonly contentHash: string;
  readonly part: StatementPart;
  /** Number among the statements of this identity in the file, from 0. */
  readonly occurrence: number;
  /** This database's clock in microseconds, read under the account's lock. */
  readonly nowMicros: bigint;
}

/** A statement including the page that has just arrived. */
export interface BegunStatement {
  readonly record: StatementRecord;
  readonly pages: readonly [StatementPart, ...StatementPart[]];
  /** The statement, its account, its owner and its balances. */
  readonly records: readonly VersionedRecord[];
  readonly copy: PageCopy;
  /** True if this copy of the page is the displayed one; otherwise another copy is newer. */
  readonly isCurrent: boolean;
  /** True if the page arrived before, in another copy, with other balances or sums. */
  readonly isRestated: boolean;
  /** Known currencies of the account. */
  readonly currencies: readonly string[];
}

interface StoredPart extends Record<string, unknown> {
  readonly page: number;
  readonly file_id: string;
  readonly occurrence: number;
  readonly part: StatementPart;
}

/** Stores the page and returns the state of the statement including it. */
export async function beginStatement(tx: Transaction, input: BeginInput): Promise<BegunStatement> {
  const { sourceId, fileId, contentHash, part, occurrence, nowMicros } = input;
  const externalId = await findStatementKey(tx, sourceId, part);
  const statementId = entityId(tx.tenantId, sourceId, "Statement", externalId);
  const accountId = entityId(tx.tenantId, sourceId, "Account", part.account.externalId);
  const copy: PageCopy = { statementId, accountId, page: pageOf(part), fileId, occurrence };
  const [before] = await tx.query<StoredPart>(
    "select page, file_id, occurrence, part from statement_parts where statement_id = $1 and page = $2",
    [statementId, copy.page],
  );
  await storePart(tx, copy, input);
  const rows = await tx.query<StoredPart>(
    "select page, file_id, occurrence, part from statement_parts where statement_id = $1 order by page",
    [statementId],
  );
  const [first = part, ...others] = rows.map((row) => row.part);
  const pages = [first, ...others] as const;
  const record = mergePages(externalId, pages);
  const currencies = await noteCurrencies(tx, accountId, currenciesOf(part));
  const isThis = (row: StoredPart): boolean =>
    copyName({ fileId: row.file_id, occurrence: row.occurrence }) === copyName(copy);
  return {
    record,
    pages,
    copy,
    currencies,
    records: recordsOf(record, { part, contentHash, nowMicros, currencies }),
    isCurrent: rows.some((row) => row.page === copy.page && isThis(row)),
    isRestated: before !== undefined && !isThis(before) && differ(before.part, part),
  };
}

/**
 * Id of a statement at its source: with its currency, unless it is already stored without one, either by a version that
 * did not use the currency or from a copy that names none.
 */
async function findStatementKey(tx: Transaction, sourceId: string, part: StatementPart): Promise<string> {
  const { plain, own } = statementKey(part);
  if (own === undefined) return plain;
  const idOf = (key: string): string => entityId(tx.tenantId, sourceId, "Statement", key);
  const rows = await tx.query<{ statement_id: string; part: StatementPart }>(
    `select distinct on (statement_id) statement_id, part from statement_parts where statement_id = any($1)
     order by statement_id, page`,
    [[idOf(plain), idOf(own)]],
  );
  if (rows.some(({ statement_id: id }) => id === idOf(own))) return own;
  const isSame = (stored: StatementPart): boolean => [undefined, currencyOf(part)].includes(currencyOf(stored));
  return rows.some((row) => isSame(row.part)) ? plain : own;
}

/**
 * Displays this copy of the page, unless a newer copy is stored. Copies of the same time are ordered by their files'
 * ids and places.
 */
async function storePart(tx: Transaction, copy: PageCopy, { sourceId, contentHash, part }: BeginInput): Promise<void> {
  await tx.query(
    `insert into statement_parts as existing
       (tenant_id, statement_id, page, source_id, account_id, file_id, occurrence, version, part)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, statement_id, page) do update set file_id = excluded.file_id,
       occurrence = excluded.occurrence, version = excluded.version, part = excluded.part
     where (excluded.version, excluded.file_id, excluded.occurrence)
       >= (existing.version, existing.file_id, existing.occurrence)`,
    [
      tx.tenantId,
      copy.statementId,
      copy.page,
      sourceId,
      copy.accountId,
      copy.fileId,
      copy.occurrence,
      partVersion(part, contentHash),
      documentText(part),
    ],
  );
}

/**
 * Returns whether two copies of one page contradict each other. Formats differ in how much they contain, not in the
 * figures; a report of a day that is not over may grow under one id.
 */
function differ(earlier: StatementPart, part: StatementPart): boolean {
  return part.kind === "STATEMENT" && figuresOf(earlier).join() !== figuresOf(part).join();
}

function figuresOf({ balances, totals, booked }: StatementPart): readonly string[] {
  const ends = [openingOf(balances), closingOf(balances)];
  return [
    String(booked),
    ...totals.flatMap((total) => [textOf(total.booked), textOf(total.credits.money), textOf(total.debits.money)]),
    ...ends.map((balance) => (balance === undefined ? "" : `${balance.code} ${textOf(balance.money)}`)),
  ];
}

const textOf = ({ minor, exponent, currency }: Money): string => `${minor}e-${exponent} ${currency}`;
