import type { StatementBalance, StatementPart } from "../../domain/bank.ts";
import type { BalanceKind, BalanceRecord, DomainRecord, StatementRecord } from "../../domain/entities.ts";
import { momentVersion, partVersion } from "./entry-version.ts";

/** A record and the version under which it is written. */
export interface VersionedRecord {
  readonly record: DomainRecord;
  readonly version: bigint;
  /** XPath in the file. */
  readonly path: string;
}

interface RecordsInput {
  readonly part: StatementPart;
  readonly contentHash: string;
  /** This database's clock in microseconds, read under the account's lock. */
  readonly nowMicros: bigint;
  /** Known currencies of the account. */
  readonly currencies: readonly string[];
}

/** Returns the statement, its account, its owner and its balances. */
export function recordsOf(
  record: StatementRecord,
  { part, contentHash, nowMicros, currencies }: RecordsInput,
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
        // An account with several currencies has none of its own.
        currency: currencies.length === 1 ? currencies[0] : undefined,
        ownerExternalId,
        identifiers: account.identifiers,
      },
    },
    ...balancesOf(record).map((balance) => ({
      record: balance,
      version: balanceVersion(balance, part, contentHash),
      path,
    })),
    // The state of a statement with all its pages does not depend on any order, so the last evaluation is correct.
    { record, version: nowMicros, path },
  ];
}

/** Balances of the account after the statement. Pages before the last one have none. */
function balancesOf(record: StatementRecord): readonly BalanceRecord[] {
  const isFinal = record.kind === "STATEMENT";
  return record.checks.flatMap(({ currency, opening, closing }) => {
    const available = availableOf(record.balances.filter(({ money }) => money.currency === currency));
    return [
      ...(isFinal ? balanceOf(record, "OPENING", opening) : []),
      ...(isFinal ? balanceOf(record, "CLOSING", closing) : []),
      ...balanceOf(record, "BOOKED", closing),
      ...balanceOf(record, "AVAILABLE", available),
    ];
  });
}

/**
 * The last CLAV or ITAV: where there is one without a sub-type, that one, because a sub-type may denote a part of the
 * balance.
 */
function availableOf(balances: readonly StatementBalance[]): StatementBalance | undefined {
  const some = balances.filter(({ code }) => code === "CLAV" || code === "ITAV");
  return some.findLast(({ subType }) => subType === undefined) ?? some.at(-1);
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

/**
 * Version of a balance: by its day, then by the time of the bank's message (16 + 42 bits), then by some bits of the
 * file.
 */
function balanceVersion({ asOf }: BalanceRecord, part: StatementPart, contentHash: string): bigint {
  const day = BigInt(Math.max(0, Math.floor(Date.parse(asOf) / 86_400_000)));
  return (day << 46n) | (momentVersion(part, contentHash) >> 12n);
}
