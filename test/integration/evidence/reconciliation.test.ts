import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSigningKey } from "../../../src/audit/signing-key.ts";
import { entityId } from "../../../src/domain/ids.ts";
import type { PayoutRoute } from "../../../src/domain/payout-route.ts";
import { createEvidencePacks, type EvidencePacks } from "../../../src/evidence/evidence-packs.ts";
import { createMatchByHand } from "../../../src/reconcile/payout-bank/match-by-hand.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { findProofs } from "../../../src/reconcile/payout-proof/find-proofs.ts";
import { completePayouts, linkLines } from "../../../src/store/entities/payout-lines.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { verifyEvidence } from "../../../tools/verify-evidence.ts";
import { bankTransactionRecord, day, money } from "../../helpers/bank-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type EvidenceFiller, evidenceFiller } from "../../helpers/evidence-filler.ts";
import { forgePack, readMember, readPack } from "../../helpers/forged-pack.ts";
import {
  accountRecord,
  addSource,
  euro,
  ledgerEntryRecord,
  minute,
  payoutRecord,
  type Place,
  putRecords,
} from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";
import { completeness } from "../../../src/evidence/contributors/completeness.ts";
import type { Contributor, PackScope, PackSource } from "../../../src/evidence/contributors/contributor.ts";
import { payoutMatches } from "../../../src/evidence/contributors/payout-matches.ts";
import { payoutProofs } from "../../../src/evidence/contributors/payout-proofs.ts";
import { scopedRows, scopeValues } from "../../../src/evidence/contributors/scope.ts";
import { analyze, nodesOf, type Plan, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/*
 * One processor and one bank: a payout that is the sum of its entries and arrived, one that lacks 0.50 and did not
 * arrive, one that a person has matched, and one that the bank has converted; days that were compared, with one
 * difference.
 */

const ROUTE: PayoutRoute = {
  id: "kronor",
  from: { sourceId: "stripe-main", accountExternalId: undefined, currency: "SEK" },
  to: { sourceId: "bank", accountExternalId: undefined },
  usualDays: 2,
  holidays: new Set(),
  names: [],
  fee: [],
  exchange: { by: "INSTRUCTED_AMOUNT", to: "EUR" },
};
const INSTRUCTED = {
  name: "InstdAmt",
  money: money(100_000n, 2, "SEK"),
  exchange: { sourceCurrency: "SEK", unitCurrency: "SEK", rate: "0.0874100" },
};

let store: TestStore;
let folder: string;
let filler: EvidenceFiller;
let packs: EvidencePacks;
const payoutId = (name: string): string => entityId("acme", "stripe-main", "Payout", name);
const transactionId = (name: string): string => entityId("acme", "bank", "BankTransaction", name);

beforeAll(async () => {
  store = await useStore();
  filler = evidenceFiller(store);
  folder = await mkdtemp(join(tmpdir(), "sluice-evidence-"));
  const stripe: Place = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  const bank: Place = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
  const payout = (externalId: string, minor: bigint) => ({
    ...payoutRecord(0),
    externalId,
    accountExternalId: "acct_1",
    createdAt: minute(100),
    amount: euro(minor),
    arrivalDate: day(10),
    disclosure: "DISCLOSED" as const,
  });
  const entry = (n: number, minor: bigint) => ({
    ...ledgerEntryRecord(n, undefined),
    accountExternalId: "acct_1",
    createdAt: minute(10 + n),
    availableOn: minute(10 + n),
    gross: euro(minor),
    feeMinor: 0n,
    netMinor: minor,
  });
  await putRecords(stripe, [
    accountRecord(1),
    payout("po_whole", 4_100n),
    entry(1, 4_000n),
    entry(2, 100n),
    payout("po_short", 7_300n),
    entry(3, 7_250n),
    payout("po_hand", 2_200n),
    entry(4, 2_200n),
  ]);
  const { disclosure: _listed, ...kronor } = payout("po_kronor", 0n);
  await putRecords(stripe, [{ ...kronor, amount: money(100_000n, 2, "SEK"), disclosure: undefined }]);
  const lines = { po_whole: [1, 2], po_short: [3], po_hand: [4] };
  await store.db.transaction("acme", async (tx) => {
    for (const [name, own] of Object.entries(lines))
      await linkLines(
        tx,
        own.map((n) => ({
          id: entityId("acme", "stripe-main", "LedgerEntry", ledgerEntryRecord(n, undefined).externalId),
          payoutId: payoutId(name),
          version: 1n,
        })),
      );
    await completePayouts(tx, Object.keys(lines).map(payoutId));
  });
  await putRecords(bank, [
    bankTransactionRecord("credit", 10, { amount: euro(4_100n), searchText: "STRIPE po_whole" }),
    bankTransactionRecord("hand", 12, { amount: euro(2_190n), searchText: "transfer" }),
    bankTransactionRecord("converted", 10, { amount: euro(8_741n), searchText: "po_kronor", amounts: [INSTRUCTED] }),
  ]);
  await matchEverything({ ...stripe, routes: [ROUTE], today: day(60) });
  const byHand = createMatchByHand({ db: store.db, now: () => Date.parse(day(60)) });
  await byHand.matchPayout("acme", {
    payoutIds: [payoutId("po_hand")],
    transactionIds: [transactionId("hand")],
    reason: "seen at the bank",
    by: "kim",
  });
  await store.db.transaction("acme", addComparisons);
  packs = createEvidencePacks({
    db: store.db,
    key: await loadSigningKey(store.db, createKeyring(undefined, [])),
    days: 1,
    random: Math.random,
    onProblem: (reason) => problems.push(reason),
  });
  packs.start();
}, 60_000);
const problems: unknown[] = [];
afterAll(async () => {
  await packs?.close(5_000);
  await rm(folder, { recursive: true, force: true });
  await store[Symbol.asyncDispose]();
  if (problems.length > 0) throw new AggregateError(problems, "packs could not be written");
});

async function addComparisons(tx: Transaction): Promise<void> {
  await tx.query(
    `insert into compared_days (tenant_id, source_id, stream, day, run_id, state, checked_at, our_count, their_count, missing)
     select 'acme', 'stripe-main', 'payouts', day, 'run_1', 'DIFFERENT', '2026-02-01', 1, 2, 1
     from unnest(array['2026-01-01', '2027-01-01']::date[]) as day`,
  );
  await tx.query(
    `insert into record_differences (tenant_id, source_id, run_id, stream, entity_type, entity_id, external_id, day, kind, found_at)
     values ('acme', 'stripe-main', 'run_1', 'payouts', 'Payout', $1, 'po_whole', '2026-01-01', 'ALTERED', '2026-02-01')`,
    [payoutId("po_whole")],
  );
  await tx.query(
    `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
     values ('acme', 'fnd_differ', 'stripe-main', 'RECORDS_DIFFER', 'DATABASE', '', '{"runId": "run_1", "stream": "payouts"}', '', '2030-01-01')`,
  );
}

async function packOf(change: Readonly<Record<string, unknown>>) {
  const period = { from: "2025-12-01T00:00:00.000Z", to: "2026-06-01T00:00:00.000Z", sourceIds: null, findingId: null };
  const request = { ...period, idempotencyKey: null, createdBy: "kim", ...change };
  const id = await packs.create("acme", request);
  await eventually("the pack", async () => {
    const rows = await store.db.read("acme", (tx) =>
      tx.query("select 1 from evidence_packs where id = $1 and status = 'READY'", [id]),
    );
    return rows.length > 0;
  });
  const path = join(folder, `${id}.zip`);
  await writeFile(path, Buffer.concat(await Array.fromAsync((await packs.open("acme", id)).bytes)));
  return path;
}

const textOf = (path: string, name: string): string => readMember(path, name).toString();

// Each line is JSON of the pack.
const linesOf = (path: string, name: string): Record<string, unknown>[] =>
  textOf(path, name)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("a pack of a period has the proof of each payout, its match with the bank, decisions and comparisons", async () => {
  const path = await packOf({});
  const { problems: found, checked } = verifyEvidence(path);
  expect(found).toEqual([]);
  expect(checked).toEqual(expect.arrayContaining(["3 payout proofs, added up again"]));
  expect(checked).toEqual(
    expect.arrayContaining([
      "3 matches of payouts with bank transactions, added up again, and 1 amounts that were instructed in another currency",
    ]),
  );
  const proofs = linesOf(path, "reconciliation/payout-proofs.jsonl");
  const matches = linesOf(path, "reconciliation/payout-matches.jsonl");
  expect(
    Object.fromEntries(
      proofs.map(({ externalId, amount, sum, unexplained }) => [externalId, [amount, sum, unexplained]]),
    ),
  ).toEqual({
    po_hand: ["2200", "2200", "0"],
    po_short: ["7300", "7250", "50"],
    po_whole: ["4100", "4100", "0"],
  });
  const ofObject = (id: string) => matches.find((row) => row["id"] === id);
  expect(ofObject(payoutId("po_whole"))).toMatchObject({ state: "MATCHED", amount: "41", reference: "po_whole" });
  expect(ofObject(transactionId("credit"))).toMatchObject({
    state: "MATCHED",
    matchId: ofObject(payoutId("po_whole"))?.["matchId"],
  });
  expect(ofObject(payoutId("po_short"))).toMatchObject({ state: "OPEN", matchId: null });
  expect(ofObject(payoutId("po_hand"))).toMatchObject({ state: "EXPLAINED", residue: "0.1", residueKind: "ACCEPTED" });
  expect(ofObject(transactionId("converted"))).toMatchObject({
    state: "EXPLAINED",
    amount: "1000",
    currency: "SEK",
    residueKind: "EXCHANGE",
    exchange: { bookedAmount: "87.41", bookedCurrency: "EUR", rate: "0.0874100", unitCurrency: "SEK" },
  });
  expect(textOf(path, "reconciliation/payout-matches.csv")).toMatch(/,EXCHANGE,87\.41,EUR,0\.0874100$/m);
  expect(linesOf(path, "reconciliation/match-decisions.jsonl")).toMatchObject([
    { kind: "MATCH", reason: "seen at the bank", decidedBy: "kim", undoneAt: null },
  ]);
  expect(linesOf(path, "reconciliation/compared-days.jsonl")).toMatchObject([
    { day: "2026-01-01", ours: { count: "1" }, theirs: { count: "2" }, missing: 1 },
  ]);
  expect(linesOf(path, "reconciliation/differences.jsonl")).toMatchObject([
    { externalId: "po_whole", kind: "ALTERED" },
  ]);
  expect(textOf(path, "reconciliation/payout-proofs.csv")).toContain("73.00,72.50,0.50");
  expect(textOf(path, "report.html")).toMatch(/Payouts that are not proven.*po_short/s);
});

const PROOFS = "reconciliation/payout-proofs.jsonl";
const MATCHES = "reconciliation/payout-matches.jsonl";

interface PackedRow {
  readonly id: string;
  readonly externalId: string;
  readonly amount: string;
  readonly residue: unknown;
  readonly lines: readonly { readonly amount: string }[];
  readonly matchId: string | null;
}

test("a proof that does not add up is named by the verifier, even where everything else was made to fit", async () => {
  const pack = readPack(await packOf({}));
  const path = join(folder, "forged.zip");
  /** What the verifier finds after the proof of a payout was changed. */
  async function found(externalId: string, change: (row: PackedRow) => object) {
    let line = 0;
    const forged = await forgePack(pack, PROOFS, (lines) => {
      line = lines.findIndex((text) => text.includes(`"externalId":"${externalId}"`)) + 1;
      const row = JSON.parse(lines[line - 1] ?? "") as PackedRow; // as the pack has it
      lines[line - 1] = JSON.stringify({ ...row, ...change(row) });
    });
    await writeFile(path, forged);
    const { problems: all } = verifyEvidence(path);
    expect(all.map(({ member, line: at }) => [member, at])).toEqual(all.map(() => [PROOFS, line]));
    return all.map(({ problem }) => problem);
  }
  expect(await found("po_whole", () => ({}))).toEqual([]);
  expect(await found("po_whole", () => ({ amount: "4101" }))).toEqual([
    `${payoutId("po_whole")} of 4101 is PROVEN, and its parts add up to 4100`,
  ]);
  expect(await found("po_whole", () => ({ sum: "4101" }))).toEqual([
    `states 4101 for the lines of ${payoutId("po_whole")}, which add up to 4100`,
  ]);
  const cent = ({ lines }: PackedRow) => ({
    lines: lines.map((one, n) => (n === 0 ? { ...one, amount: `${BigInt(one.amount) + 1n}` } : one)),
  });
  expect(await found("po_whole", cent)).toEqual([
    `states 4100 for the lines of ${payoutId("po_whole")}, which add up to 4101`,
    `${payoutId("po_whole")} of 4100 is PROVEN, and its parts add up to 4101`,
  ]);
  expect(await found("po_short", () => ({ state: "PROVEN" }))).toEqual([
    `${payoutId("po_short")} of 7300 is PROVEN, and its parts add up to 7250`,
  ]);
  const residue = (amount: string) => [{ kind: "LOAN_REPAYMENT", currency: "EUR", exponent: 2, amount }];
  expect(await found("po_short", () => ({ state: "EXPLAINED", residue: residue("50") }))).toEqual([]);
  expect(await found("po_short", () => ({ state: "EXPLAINED", residue: residue("49") }))).toEqual([
    `${payoutId("po_short")} of 7300 is EXPLAINED, and its parts add up to 7299`,
  ]);
  expect(await found("po_whole", () => ({ amount: "41.00" }))).toEqual(["cannot be read"]);
});

test("a match that does not add up is named by the verifier, even where everything else was made to fit", async () => {
  const pack = readPack(await packOf({}));
  const path = join(folder, "forged.zip");
  async function found(change: (rows: PackedRow[]) => readonly object[]) {
    const forged = await forgePack(pack, MATCHES, (lines) => {
      const rows = lines.map((line) => JSON.parse(line) as PackedRow); // as the pack has it
      lines.splice(0, lines.length, ...change(rows).map((row) => JSON.stringify(row)));
    });
    await writeFile(path, forged);
    return verifyEvidence(path).problems;
  }
  let matchIds = { whole: "", byHand: "" };
  const unchanged = await found((rows) => {
    const matchOf = (name: string) => rows.find(({ id }) => id === payoutId(name))?.matchId ?? "";
    matchIds = { whole: matchOf("po_whole"), byHand: matchOf("po_hand") };
    return rows;
  });
  expect(unchanged).toEqual([]);
  const named = (id: string) => [{ member: MATCHES, problem: `the amounts of the match ${id} do not add up` }];
  const changed = (id: string, change: object) => (rows: PackedRow[]) =>
    rows.map((row) => (row.id === id ? { ...row, ...change } : row));
  expect(await found(changed(payoutId("po_whole"), { amount: "41.01" }))).toEqual(named(matchIds.whole));
  expect(await found(changed(transactionId("credit"), { amount: "40.99" }))).toEqual(named(matchIds.whole));
  expect(await found((rows) => rows.filter(({ id }) => id !== transactionId("credit")))).toEqual(named(matchIds.whole));
  expect(await found((rows) => rows.map((row) => ({ ...row, residue: null })))).toEqual(named(matchIds.byHand));
  expect(await found(changed(transactionId("hand"), { matchId: matchIds.whole }))).toEqual(
    expect.arrayContaining([...named(matchIds.whole), ...named(matchIds.byHand)]),
  );
});

test("a match by an amount that the bank does not state as instructed is named by the verifier", async () => {
  const pack = readPack(await packOf({}));
  const path = join(folder, "forged.zip");
  async function found(member: string, change: (text: string) => string) {
    const forged = await forgePack(pack, member, (lines) => {
      const at = lines.findIndex((text) => text.includes(`"id": "${transactionId("converted")}"`));
      lines[at] = change(lines[at] ?? "");
    });
    await writeFile(path, forged);
    return verifyEvidence(path).problems.map(({ problem }) => problem);
  }
  const transactions = "objects/bank_transactions.jsonl";
  const id = transactionId("converted");
  expect(await found(transactions, (text) => text)).toEqual([]);
  expect(await found(transactions, (text) => text.replace('"100000"', '"100001"'))).toEqual([
    `${id} does not state the instructed amount that it is matched by`,
  ]);
  expect(await found(MATCHES, (text) => text.replace('"87.41"', '"87.42"'))).toEqual([
    `${id} has another booked amount than its match states`,
  ]);
  expect(await found(MATCHES, (text) => text.replace('"0.0874100"', '"0.08741"'))).toEqual([
    `${id} does not state the exchange rate of its match`,
  ]);
  expect(await found(MATCHES, (text) => text.replace('"SEK"', '"NOK"'))).toEqual(
    expect.arrayContaining([expect.stringMatching(/has amounts in SEK and NOK/)]),
  );
});

test("a pack of a finding has the objects that it is about, whatever their time and source", async () => {
  const [finding] = await store.db.read("acme", (tx) =>
    tx.query<{ id: string }>("select id from findings where kind = 'PAYOUT_NOT_ARRIVED'"),
  );
  const later = { from: "2030-01-01T00:00:00.000Z", to: "2030-02-01T00:00:00.000Z", sourceIds: ["stripe-main"] };
  const notArrived = await packOf({ ...later, findingId: finding?.id });
  expect(verifyEvidence(notArrived).problems).toEqual([]);
  const idsOf = (path: string, table: string) =>
    linesOf(path, `objects/${table}.jsonl`).map((row) => row["external_id"]);
  expect(idsOf(notArrived, "payouts")).toEqual(["po_short"]);
  expect(idsOf(notArrived, "ledger_entries")).toEqual([ledgerEntryRecord(3, undefined).externalId]);
  expect(linesOf(notArrived, "reconciliation/payout-proofs.jsonl")).toMatchObject([{ externalId: "po_short" }]);
  expect(linesOf(notArrived, "totals.jsonl").length).toBeGreaterThan(0);
  const differ = await packOf({ ...later, findingId: "fnd_differ" });
  expect(verifyEvidence(differ).problems).toEqual([]);
  expect(idsOf(differ, "payouts")).toEqual(["po_whole"]);
  expect(idsOf(differ, "bank_transactions")).toEqual(["credit"]);
  const nothing = await packOf(later);
  expect(idsOf(nothing, "payouts")).toEqual([]);
});

test("the objects of a finding are found by indexes, whatever is stored", async () => {
  await filler.objects();
  await analyze(store);
  const source = {
    tenantId: "acme",
    from: "2030-01-01T00:00:00Z",
    to: "2030-02-01T00:00:00Z",
    sourceIds: ["stripe-main"],
    findingId: "fnd_differ",
    onWritten: () => undefined,
  };
  for (const table of ["payouts", "ledger_entries"]) {
    // Executed, because what only other findings need is in the plan as well.
    const plans = await store.db.read("acme", async (tx) => {
      // Nothing else of it is read here.
      const pack = { ...source, tx, rows: () => emptyRows() } as PackSource;
      const [row] = await tx.query<{ "QUERY PLAN": [{ Plan: Plan }] }>(
        `explain (analyze, format json) select id from ${scopedRows(pack, table)} order by ordered_at, id`,
        scopeValues(pack),
      );
      return row === undefined ? [] : nodesOf(row["QUERY PLAN"][0].Plan).filter((plan) => plan["Actual Loops"] !== 0);
    });
    const scanned = plans.filter((plan) => plan["Node Type"] === "Seq Scan").map((plan) => plan["Relation Name"]);
    expect(scanned.filter((name) => name === "payouts" || name === "ledger_entries")).toEqual([]);
    expect(plans.map((plan) => plan["Index Name"])).toContain(`${table}_pkey`);
  }
});

test("the proofs of a hundred payouts read the entries of these alone, whatever is stored", async () => {
  await filler.objects();
  await putRecords(
    { database: store.db, tenantId: "acme", sourceId: "stripe-main" },
    Array.from({ length: 3_000 }, (_, n) => ({ ...ledgerEntryRecord(100 + n, "Payout"), kind: "PAYOUT" as const })),
  );
  await analyze(store);
  const ids = Array.from({ length: 100 }, (_, n) => payoutId(payoutRecord(100 + n).externalId));
  const plans = await plansOfWork(store, (tx) => findProofs(tx, [...ids, payoutId("po_short")]));
  const reads = plans.filter((plan) => /^(payouts|ledger_entries)$/.test(plan["Relation Name"] ?? ""));
  expect(reads.length).toBeGreaterThan(8);
  expect(reads.filter((plan) => plan["Node Type"] === "Seq Scan")).toEqual([]);
  // Each has a condition by which it reads the rows of one object, of one list or of one account's time. That of a bitmap
  // stands in the scan of the index below it.
  const conditional = plans.filter(
    (plan) => /^(payouts|ledger_entries)_/.test(plan["Index Name"] ?? "") && plan["Node Type"] !== "Bitmap Heap Scan",
  );
  expect(conditional.length).toBeGreaterThan(8);
  const unselective = conditional.filter(
    ({ "Index Cond": condition = "" }) => !/\b(id|payout_id|origin_id|account_id)\b/.test(condition),
  );
  expect(unselective).toEqual([]);
});

/** The plans of the statements of a part of a pack, as cursors, without reading a row. */
function plansOfPart(part: Contributor, scope: PackScope) {
  return plansOfWork(store, async (tx) => {
    let cursors = 0;
    async function* rows<Row>(text: string, values?: readonly unknown[]): AsyncGenerator<Row, void> {
      await tx.query(`declare planned_${(cursors += 1)} no scroll cursor for ${text}`, values);
      yield* emptyRows<Row>();
    }
    const source: PackSource = { ...scope, tx, rows, onWritten: () => undefined };
    for (const { bytes } of part.members(source)) await Array.fromAsync(bytes);
  });
}

/** Columns besides the tenant's that an index must have a condition for. */
const SELECTIVE: Readonly<Record<string, RegExp>> = {
  compared_days: /day/,
  record_differences: /day|found_at/,
  reconciliation_items: /\bid\b|match_id/,
  payout_match_decisions: /\bid\b/,
  payout_match_decision_objects: /object_id|decision_id/,
};
const LARGE_TABLES = [...Object.keys(SELECTIVE), "payouts", "bank_transactions"];

test.each([
  ["of all sources", null],
  ["of one source", ["stripe-main"]],
])(
  "comparisons, matches and decisions of a period %s are found by indexes, whatever is stored",
  async (_name, sourceIds) => {
    await filler.reconciliation();
    const scope = { tenantId: "acme", from: "2026-01-05T00:00:00Z", to: "2026-01-06T00:00:00Z", findingId: null };
    for (const part of [completeness, payoutMatches, payoutProofs]) {
      const plans = await plansOfPart(part, { ...scope, sourceIds });
      const scanned = plans
        .filter((plan) => plan["Node Type"] === "Seq Scan")
        .map((plan) => plan["Relation Name"] ?? "");
      expect(scanned.filter((name) => LARGE_TABLES.includes(name))).toEqual([]);
      const unselective = plans.filter(({ "Index Name": index, "Index Cond": condition = "" }) => {
        const [, column] = Object.entries(SELECTIVE).find(([table]) => isIndexOf(table, index)) ?? [];
        return column !== undefined && !column.test(condition);
      });
      expect(unselective).toEqual([]);
    }
  },
);

/** Names of indexes begin with that of their table. */
const isIndexOf = (table: string, index: string | undefined): boolean =>
  index?.startsWith(`${table}_`) === true &&
  (table !== "payout_match_decisions" || !index.startsWith("payout_match_decision_objects"));

async function* emptyRows<Row>(): AsyncGenerator<Row, void> {}
