import type { Random } from "../../sandbox/shared/random.ts";
import type { AccountRecord, BalanceRecord, LedgerEntryRecord } from "../../src/domain/entities.ts";
import { accountRecord, euro, minute } from "./ledger-world.ts";

/** What is known of an account's chain in the end. */
export interface ExpectedChain {
  readonly state: "AGREES" | "BROKEN";
  readonly offset: bigint;
  /** Day of the first balance that does not agree; undefined if all do. */
  readonly firstDay: string | undefined;
  /** External ids of the entries that account for it, with the reason. */
  readonly candidates: readonly string[];
}

export interface BalanceWorld {
  readonly accounts: readonly AccountRecord[];
  readonly entries: readonly LedgerEntryRecord[];
  readonly balances: readonly BalanceRecord[];
  /** Entries as they are stored wrongly in the end. */
  readonly altered: readonly LedgerEntryRecord[];
  readonly deleted: readonly string[];
  /** By external id of the account. */
  readonly expected: ReadonlyMap<string, ExpectedChain>;
}

const DAY = 1_440;
const DAYS = 10;
const BREAKS = ["NONE", "DELETED", "ALTERED", "DOUBLED", "MISSING", "TIMING"] as const;

interface Draft {
  readonly entries: LedgerEntryRecord[];
  readonly balances: BalanceRecord[];
  readonly altered: LedgerEntryRecord[];
  readonly deleted: string[];
  readonly missing: Set<LedgerEntryRecord>;
  readonly expected: Map<string, ExpectedChain>;
}

/** Generates accounts with entries and a balance at the end of each day; each account has a break, one kind after the other. */
export function generateBalances(random: Random, accounts: number): BalanceWorld {
  const draft: Draft = { entries: [], balances: [], altered: [], deleted: [], missing: new Set(), expected: new Map() };
  const records = Array.from({ length: accounts }, (_, n) => ({ ...accountRecord(n), externalId: `chain_${n}` }));
  for (const [n, { externalId }] of records.entries()) {
    addChain(draft, random, { account: externalId, kind: BREAKS[n % BREAKS.length] ?? "NONE" });
  }
  return { accounts: records, ...draft, entries: draft.entries.filter((entry) => !draft.missing.has(entry)) };
}

function entryOf(draft: Draft, account: string, at: number, minor: bigint): LedgerEntryRecord {
  return {
    type: "LedgerEntry",
    externalId: `entry_${draft.entries.length}`,
    createdAt: minute(at),
    extensions: {},
    accountExternalId: account,
    kind: "PAYMENT",
    rawKind: "charge",
    gross: euro(minor),
    feeMinor: 0n,
    netMinor: minor,
    originType: undefined,
    originExternalId: undefined,
    availableOn: minute(at + DAY),
    description: undefined,
    exchangeRate: undefined,
  };
}

function balanceOf(account: string, kind: "AVAILABLE" | "PENDING", day: number, minor: bigint): BalanceRecord {
  return {
    type: "Balance",
    externalId: `${account}:${kind}:EUR`,
    createdAt: undefined,
    extensions: {},
    accountExternalId: account,
    kind,
    money: euro(minor),
    asOf: minute(day * DAY - 1),
  };
}

function addChain(
  draft: Draft,
  random: Random,
  { account, kind }: { readonly account: string; readonly kind: (typeof BREAKS)[number] },
): void {
  const broken = random.integer(2, DAYS - 1);
  let total = 0n;
  let late = 0n;
  for (let day = 1; day <= DAYS; day += 1) {
    const own = Array.from({ length: random.integer(2, 8) }, () => {
      // Amounts that no other entry has, so that one entry alone is the cause.
      const minor =
        BigInt(random.integer(100, 90_000) * 1_000 + draft.entries.length) * (random.chance(0.7) ? 1n : -1n);
      const entry = entryOf(draft, account, (day - 1) * DAY + random.integer(1, DAY - 60), minor);
      draft.entries.push(entry);
      return entry;
    });
    total += own.reduce((sum, { netMinor }) => sum + netMinor, 0n);
    const [cause] = own;
    // The processor's balance is behind its ledger for one day.
    late = kind === "TIMING" && day === broken ? (cause?.netMinor ?? 0n) : 0n;
    const pending = BigInt(random.integer(0, 500));
    draft.balances.push(
      balanceOf(account, "AVAILABLE", day, total - pending - late),
      balanceOf(account, "PENDING", day, pending),
    );
    if (cause !== undefined && day === broken) plantBreak(draft, random, { account, kind, cause, day });
  }
  if (!draft.expected.has(account))
    draft.expected.set(account, { state: "AGREES", offset: 0n, firstDay: undefined, candidates: [] });
}

function plantBreak(
  draft: Draft,
  random: Random,
  {
    account,
    kind,
    cause,
    day,
  }: { readonly account: string; readonly kind: string; readonly cause: LedgerEntryRecord; readonly day: number },
): void {
  const expectBreak = (offset: bigint, ...candidates: readonly string[]): void => {
    const firstDay = minute(day * DAY - 1).slice(0, 10);
    draft.expected.set(account, { state: "BROKEN", offset, firstDay, candidates: candidates.toSorted() });
  };
  if (kind === "DELETED") {
    draft.deleted.push(cause.externalId);
    expectBreak(cause.netMinor, `${cause.externalId} DELETED`);
  } else if (kind === "ALTERED") {
    const cent = random.chance(0.5) ? 1n : -1n;
    draft.altered.push({ ...cause, gross: euro(cause.gross.minor + cent), netMinor: cause.netMinor + cent });
    expectBreak(-cent, `${cause.externalId} ALTERED`);
  } else if (kind === "DOUBLED") {
    const copy = { ...cause, externalId: `entry_${draft.entries.length}` };
    draft.entries.push(copy);
    expectBreak(-cause.netMinor, `${cause.externalId} DOUBLED`, `${copy.externalId} DOUBLED`);
  } else if (kind === "MISSING") {
    draft.missing.add(cause);
    expectBreak(cause.netMinor);
  }
}
