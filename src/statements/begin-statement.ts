import type { StatementBalance, StatementPart } from "../domain/bank.ts";
import type { BalanceKind, BalanceRecord, DomainRecord, StatementRecord } from "../domain/entities.ts";
import { entityId } from "../domain/ids.ts";
import type { Money } from "../domain/money.ts";
import type { Transaction } from "../store/database.ts";
import { documentText } from "../store/entities/document.ts";
import { closingOf, openingOf } from "./days.ts";
import { foldStatement } from "./fold-statement.ts";
import { momentVersion, partVersion } from "./sighting-version.ts";
import { pageOf, statementKey } from "./statement-key.ts";

/** A record with the version that it is written under. */
export interface VersionedRecord {
  readonly record: DomainRecord;
  readonly version: bigint;
  /** XPath in the file. */
  readonly path: string;
}

export interface BeginInput {
  readonly sourceId: string;
  readonly fileId: string;
  readonly contentHash: string;
  readonly part: StatementPart;
  /** This database's clock in microseconds, read under the account's lock. */
  readonly nowMicros: bigint;
}

/** A statement with the page that now came. */
export interface BegunStatement {
  readonly record: StatementRecord;
  readonly pages: readonly [StatementPart, ...StatementPart[]];
  /** The statement, its account, its owner and its balances. */
  readonly records: readonly VersionedRecord[];
  /** The page came before, in another file, with other balances or sums. */
  readonly isRestated: boolean;
}

/** Keeps the page and says what the statement is with it. */
export async function beginStatement(tx: Transaction, input: BeginInput): Promise<BegunStatement> {
  const { sourceId, fileId, contentHash, part, nowMicros } = input;
  const statementId = entityId(tx.tenantId, sourceId, "Statement", statementKey(part));
  const accountId = entityId(tx.tenantId, sourceId, "Account", part.account.externalId);
  const told = await tx.query<{ part: StatementPart }>(
    "select part from statement_parts where statement_id = $1 and page = $2 and file_id <> $3",
    [statementId, pageOf(part), fileId],
  );
  await tx.query(
    `insert into statement_parts as held (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id, statement_id, page) do update set file_id = excluded.file_id, version = excluded.version,
       part = excluded.part where excluded.version >= held.version`,
    [
      tx.tenantId,
      statementId,
      pageOf(part),
      sourceId,
      accountId,
      fileId,
      partVersion(part, contentHash),
      documentText(part),
    ],
  );
  const rows = await tx.query<{ part: StatementPart }>(
    "select part from statement_parts where statement_id = $1 order by page",
    [statementId],
  );
  const [first = part, ...others] = rows.map((row) => row.part);
  const pages = [first, ...others] as const;
  const record = foldStatement([...pages]);
  return {
    record,
    pages: [...pages],
    records: recordsOf(record, part, contentHash, nowMicros),
    isRestated: told.some((earlier) => differ(earlier.part, part)),
  };
}

/**
 * Whether two tellings of one page cannot both be right. Formats differ in how much they say, not in the figures; a report of a
 * day that is not over may grow under one id.
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

function recordsOf(
  record: StatementRecord,
  part: StatementPart,
  contentHash: string,
  nowMicros: bigint,
): readonly VersionedRecord[] {
  const { account, path } = part;
  const version = partVersion(part, contentHash);
  const ownerExternalId = account.ownerName === undefined ? undefined : `owner: ${account.ownerName.slice(0, 180)}`;
  const base = { createdAt: undefined, extensions: {} };
  return [
    ...(ownerExternalId === undefined
      ? []
      : [
          {
            version,
            path: `${path}/Acct/Ownr`,
            record: {
              ...base,
              type: "Party" as const,
              externalId: ownerExternalId,
              kind: undefined,
              name: account.ownerName,
              email: undefined,
              identifiers: [],
            },
          },
        ]),
    {
      version,
      path: `${path}/Acct`,
      record: {
        ...base,
        type: "Account",
        externalId: account.externalId,
        ownership: "INTERNAL",
        kind: "BANK_ACCOUNT",
        name: account.name,
        currency: account.currency,
        ownerExternalId,
        identifiers: account.identifiers,
      },
    },
    ...balancesOf(record).map((balance) => ({
      record: balance,
      version: balanceVersion(balance, part, contentHash),
      path,
    })),
    // What a statement is with all its pages depends on the order of nothing, so the last to look is right.
    { record, version: nowMicros, path },
  ];
}

/** What the statement leaves the account with. Pages in between leave nothing. */
function balancesOf(record: StatementRecord): readonly BalanceRecord[] {
  const isFinal = record.kind === "STATEMENT";
  return record.checks.flatMap(({ currency, opening, closing }) => {
    const available = record.balances.findLast(
      ({ code, money }) => (code === "CLAV" || code === "ITAV") && money.currency === currency,
    );
    return [
      ...(isFinal ? balanceOf(record, "OPENING", opening) : []),
      ...(isFinal ? balanceOf(record, "CLOSING", closing) : []),
      ...balanceOf(record, "BOOKED", closing),
      ...balanceOf(record, "AVAILABLE", available),
    ];
  });
}

function balanceOf(record: StatementRecord, kind: BalanceKind, balance: StatementBalance | undefined): BalanceRecord[] {
  const day = balance?.date ?? record.lastDay;
  if (balance === undefined || day === undefined) return [];
  const { money } = balance;
  return [
    {
      type: "Balance",
      externalId: `${record.accountExternalId}:${kind}:${money.currency}`,
      createdAt: undefined,
      extensions: {},
      accountExternalId: record.accountExternalId,
      kind,
      money,
      asOf: `${day}T00:00:00.000Z`,
    },
  ];
}

/** By the day that it is of, then by when the bank said so: 16 + 42 bits, and some of the file. */
function balanceVersion({ asOf }: BalanceRecord, part: StatementPart, contentHash: string): bigint {
  const day = BigInt(Math.max(0, Math.floor(Date.parse(asOf) / 86_400_000)));
  return (day << 46n) | (momentVersion(part, contentHash) >> 12n);
}
