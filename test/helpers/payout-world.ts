import type { Random } from "../../sandbox/shared/random.ts";
import type { AccountRecord, LedgerEntryKind, LedgerEntryRecord, PayoutRecord } from "../../src/domain/entities.ts";
import { accountRecord, euro, minute } from "./ledger-world.ts";

/** What the proof of a payout must say. */
export interface ExpectedProof {
  readonly state: string;
  /** Kinds of its residue with their amounts: `UNKNOWN 5`. */
  readonly residue: readonly string[];
}

/** A generated ledger with its payouts, and what was planted in it. */
export interface PayoutWorld {
  readonly accounts: readonly AccountRecord[];
  readonly entries: Map<string, LedgerEntryRecord>;
  readonly payouts: Map<string, PayoutRecord>;
  /** External ids of the entries that the source lists, by payout. */
  readonly lists: Map<string, readonly string[]>;
  /** Entries that were stored and do not exist at the source any more. */
  readonly deleted: string[];
  readonly expected: Map<string, ExpectedProof>;
  /** Number of breaks of each kind that were planted. */
  readonly planted: Map<string, number>;
}

interface Ledger {
  readonly world: PayoutWorld;
  readonly random: Random;
  readonly account: AccountRecord;
  /** Entries that no payout has paid out yet. */
  open: LedgerEntryRecord[];
}

/** Minutes between two payouts. */
const PERIOD = 1_000;
const PERIODS = 12;

/** Generates ledgers with automatic and with manual payouts; a third of the payouts have a break or something to explain. */
export function generatePayouts(random: Random, ledgers: number): PayoutWorld {
  const world: PayoutWorld = {
    accounts: Array.from({ length: ledgers * 2 }, (_, n) => ({ ...accountRecord(n), externalId: `ledger_${n}` })),
    entries: new Map(),
    payouts: new Map(),
    lists: new Map(),
    deleted: [],
    expected: new Map(),
    planted: new Map(),
  };
  for (const [n, account] of world.accounts.entries()) {
    const ledger: Ledger = { world, random, account, open: [] };
    if (n % 2 === 0) payOutAutomatically(ledger);
    else payOutManually(ledger);
  }
  return world;
}

function entryOf(
  ledger: Ledger,
  kind: LedgerEntryKind,
  at: number,
  amount: Partial<LedgerEntryRecord> & { minor: bigint },
) {
  const { minor, ...fields } = amount;
  const fee = fields.feeMinor ?? 0n;
  const entry: LedgerEntryRecord = {
    type: "LedgerEntry",
    externalId: `txn_${ledger.world.entries.size}`,
    createdAt: minute(at),
    extensions: {},
    accountExternalId: ledger.account.externalId,
    kind,
    rawKind: kind.toLowerCase(),
    gross: euro(minor),
    feeMinor: fee,
    netMinor: minor - fee,
    originType: undefined,
    originExternalId: undefined,
    availableOn: minute(at),
    description: undefined,
    exchangeRate: undefined,
    ...fields,
  };
  ledger.world.entries.set(entry.externalId, entry);
  return entry;
}

/** What happens between two payouts; some of it is available only after the next one. */
function addBusiness(ledger: Ledger, from: number): void {
  const { random } = ledger;
  for (let n = random.integer(3, 10); n > 0; n -= 1) {
    const at = from + random.integer(1, PERIOD - 1);
    const availableOn = minute(at + (random.chance(0.3) ? random.integer(1, PERIOD) : 0));
    const minor = BigInt(random.integer(200, 90_000));
    const kind = random.weighted<LedgerEntryKind>([
      [8, "PAYMENT"],
      [2, "REFUND"],
      [1, "DISPUTE"],
      [1, "FEE"],
      [1, "ADJUSTMENT"],
      [1, "RESERVE"],
      [1, "TRANSFER"],
    ]);
    const isCredit = kind === "PAYMENT" || ((kind === "RESERVE" || kind === "ADJUSTMENT") && random.chance(0.5));
    const feeMinor = kind === "PAYMENT" ? minor / 40n + 25n : kind === "DISPUTE" ? 1_500n : 0n;
    ledger.open.push(entryOf(ledger, kind, at, { minor: isCredit ? minor : -minor / 4n, feeMinor, availableOn }));
  }
}

function takeAvailable(ledger: Ledger, at: number): readonly LedgerEntryRecord[] {
  const taken = ledger.open.filter(({ availableOn = "" }) => availableOn <= minute(at));
  ledger.open = ledger.open.filter((entry) => !taken.includes(entry));
  return taken;
}

const sum = (entries: readonly LedgerEntryRecord[]): bigint =>
  entries.reduce((total, { netMinor }) => total + netMinor, 0n);

function payoutOf(ledger: Ledger, at: number, amount: bigint, isListed: boolean): PayoutRecord {
  const { world, account } = ledger;
  const externalId = `po_${world.payouts.size}`;
  const payout: PayoutRecord = {
    type: "Payout",
    externalId,
    createdAt: minute(at),
    extensions: {},
    accountExternalId: account.externalId,
    destinationExternalId: undefined,
    amount: euro(amount),
    arrivalDate: undefined,
    failureReason: undefined,
    references: [],
    disclosure: isListed ? "DISCLOSED" : "NOT_DISCLOSED",
    status: "PAID",
    rawStatus: "paid",
  };
  world.payouts.set(externalId, payout);
  entryOf(ledger, "PAYOUT", at, { minor: -amount, originType: "Payout", originExternalId: externalId });
  return payout;
}

function expectProof({ world }: Ledger, payout: PayoutRecord, state: string, ...residue: readonly string[]): void {
  world.expected.set(payout.externalId, { state, residue });
}

function plant({ world }: Ledger, kind: string): void {
  world.planted.set(kind, (world.planted.get(kind) ?? 0) + 1);
}

function payOutAutomatically(ledger: Ledger): void {
  const { world, random } = ledger;
  let carried = 0n;
  for (let period = 1; period <= PERIODS; period += 1) {
    const at = period * PERIOD;
    addBusiness(ledger, at - PERIOD);
    const list = takeAvailable(ledger, at);
    const planted = random.chance(0.5) ? nextKind(world) : "";
    const opening = carried;
    carried = 0n;
    const unlisted =
      planted === "LOAN"
        ? [unlistedOf(ledger, "FINANCING", at)]
        : planted === "RESERVE"
          ? [unlistedOf(ledger, "RESERVE", at)]
          : [];
    if (planted === "CARRIED") carried = unlistedOf(ledger, "ADJUSTMENT", at).netMinor;
    const payout = payoutOf(ledger, at, sum(list) + sum(unlisted) + opening, true);
    world.lists.set(
      payout.externalId,
      list.map(({ externalId }) => externalId),
    );
    const named = [
      ...(planted === "LOAN" ? [`LOAN_REPAYMENT ${sum(unlisted)}`] : []),
      ...(planted === "RESERVE" ? [`RESERVE ${sum(unlisted)}`] : []),
      ...(opening === 0n ? [] : [`CARRIED_BALANCE ${opening}`]),
    ];
    if (planted !== "") plant(ledger, planted);
    const error = plantError(ledger, planted, payout, list);
    if (error === undefined) expectProof(ledger, payout, named.length === 0 ? "PROVEN" : "EXPLAINED", ...named);
    else if (error.foreign !== undefined)
      expectProof(ledger, payout, "UNEXPLAINED", error.foreign, ...(opening === 0n ? [] : [`UNKNOWN ${opening}`]));
    else expectProof(ledger, payout, "UNEXPLAINED", `UNKNOWN ${error.departed ? error.minor : error.minor + opening}`);
  }
}

/** Breaks, and things to explain, of payouts whose entries the source lists. */
export const PLANTED_IN_LISTS = ["LOAN", "RESERVE", "CARRIED", "ALTERED", "DELETED", "DOUBLED", "AMOUNT", "FOREIGN"];

/** One kind after the other, so that none is missing. */
function nextKind({ planted }: PayoutWorld): string {
  const counts = PLANTED_IN_LISTS.map((kind) => planted.get(kind) ?? 0);
  return PLANTED_IN_LISTS[counts.indexOf(Math.min(...counts))] ?? "";
}

/** Money that the provider moved and that is in no list. Amounts that no sum of others is. */
function unlistedOf(ledger: Ledger, kind: LedgerEntryKind, at: number): LedgerEntryRecord {
  return entryOf(ledger, kind, at - 1, { minor: -BigInt(1_000_003 + 7 * ledger.world.entries.size) });
}

interface PlantedError {
  readonly minor: bigint;
  readonly foreign?: string;
  /** True if the ledger itself contradicts the payout. */
  readonly departed?: boolean;
}

function plantError(
  { world, random, ...ledger }: Ledger,
  planted: string,
  payout: PayoutRecord,
  list: readonly LedgerEntryRecord[],
): PlantedError | undefined {
  const [line] = list;
  if (line === undefined) return undefined;
  const lines = list.map(({ externalId }) => externalId);
  if (planted === "ALTERED") {
    const cent = random.chance(0.5) ? 1n : -1n;
    world.entries.set(line.externalId, {
      ...line,
      gross: euro(line.gross.minor + cent),
      netMinor: line.netMinor + cent,
    });
    return { minor: -cent };
  }
  if (planted === "DELETED") {
    world.deleted.push(line.externalId);
    return { minor: line.netMinor };
  }
  if (planted === "DOUBLED") {
    const copy = { ...line, externalId: `txn_${world.entries.size}` };
    world.entries.set(copy.externalId, copy);
    world.lists.set(payout.externalId, [...lines, copy.externalId]);
    return { minor: -line.netMinor };
  }
  if (planted === "AMOUNT") {
    world.payouts.set(payout.externalId, { ...payout, amount: euro(payout.amount.minor + 1n) });
    return { minor: 1n, departed: true };
  }
  if (planted !== "FOREIGN") return undefined;
  const gross = { minor: 700n, exponent: 2, currency: "USD" };
  const foreign = entryOf({ ...ledger, world, random }, "PAYMENT", 1, { minor: 700n, gross });
  world.lists.set(payout.externalId, [...lines, foreign.externalId]);
  return { minor: 0n, foreign: "OTHER_CURRENCY 700" };
}

function payOutManually(ledger: Ledger): void {
  const { world, random } = ledger;
  let balance = 0n;
  let returned = 0n;
  for (let period = 1; period <= PERIODS; period += 1) {
    const at = period * PERIOD;
    addBusiness(ledger, at - PERIOD);
    const opening = balance;
    const gained = takeAvailable(ledger, at);
    balance += sum(gained) + returned;
    returned = 0n;
    const all = balance <= 100n || random.chance(0.5);
    const amount = all ? balance : balance / 2n;
    balance -= amount;
    const payout = payoutOf(ledger, at, amount, false);
    const residue = [
      ...(opening === 0n ? [] : [`CARRIED_BALANCE ${opening}`]),
      ...(balance === 0n ? [] : [`KEPT_BALANCE ${-balance}`]),
    ];
    expectProof(ledger, payout, residue.length === 0 ? "PROVEN" : "EXPLAINED", ...residue);
    const credit = gained.find(({ netMinor }) => netMinor > 0n);
    if (all && credit !== undefined && random.chance(0.3)) {
      plant(ledger, "ENTRY_LOST");
      world.deleted.push(credit.externalId);
      const carried = opening === 0n ? [] : [`CARRIED_BALANCE ${opening}`];
      expectProof(ledger, payout, "UNEXPLAINED", ...carried, `UNKNOWN ${credit.netMinor}`);
    } else if (random.chance(0.2)) returned = failPayout(ledger, payout, at + 10);
  }
}

/** The money of a payout that failed returns by an entry of its own. */
function failPayout(ledger: Ledger, payout: PayoutRecord, at: number): bigint {
  const { minor } = payout.amount;
  plant(ledger, "RETURNED");
  ledger.world.payouts.set(payout.externalId, { ...payout, status: "FAILED", rawStatus: "failed" });
  const origin = { originType: "Payout", originExternalId: payout.externalId } as const;
  if (minor !== 0n) entryOf(ledger, "PAYOUT", at, { minor, ...origin });
  return minor;
}
