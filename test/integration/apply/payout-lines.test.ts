import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { linkPayoutLines } from "../../../src/ingest/apply/link-payout-lines.ts";
import type { PayoutLinesMessage } from "../../../src/connector-api/messages.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { FINALITY } from "../../../src/domain/version.ts";
import { addSource, ledgerEntryRecord, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let stripe: Place;
beforeAll(async () => {
  store = await useStore();
  stripe = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(stripe);
});
afterAll(async () => store[Symbol.asyncDispose]());

const idOf = (type: "Payout" | "LedgerEntry", externalId: string) => entityId("acme", "stripe-main", type, externalId);
const entry = (n: number) => ledgerEntryRecord(n, "PaymentAttempt");
const link = (...messages: readonly PayoutLinesMessage[]) =>
  store.db.transaction("acme", (tx) => linkPayoutLines(tx, "stripe-main", messages));

function named(payout: number, lines: readonly number[], until = 10n, isLast = true): PayoutLinesMessage {
  const version = { from: until, until, finality: FINALITY.ordinary };
  const externalIds = lines.map((n) => entry(n).externalId);
  return { type: "payoutLines", payoutExternalId: `po_${payout}`, lines: externalIds, isLast, version };
}

async function payoutsOf(...lines: readonly number[]): Promise<(string | null)[]> {
  const ids = lines.map((n) => idOf("LedgerEntry", entry(n).externalId));
  const rows = await store.db.read("acme", (tx) =>
    tx.query<{ id: string; payout_id: string | null }>("select id, payout_id from ledger_entries where id = any($1)", [
      ids,
    ]),
  );
  return ids.map((id) => rows.find((row) => row.id === id)?.payout_id ?? null);
}

test("C12: a ledger entry keeps its payout when a list without payouts contains it again, changed or not", async () => {
  await putRecords(stripe, [payoutRecord(1), entry(1), entry(2)]);
  const changes = await link(named(1, [1, 2]));
  expect(changes.map(({ entityType, change }) => `${entityType} ${change}`).toSorted()).toEqual([
    "LedgerEntry UPDATED",
    "LedgerEntry UPDATED",
    "Payout UPDATED",
  ]);
  await putRecords(stripe, [entry(1), { ...entry(2), description: "changed" }]);
  expect(await payoutsOf(1, 2)).toEqual([idOf("Payout", "po_1"), idOf("Payout", "po_1")]);
  expect(await link(named(1, [1, 2]))).toEqual([]);
});

test("C12: of two lists that name one entry the newer one counts, in any order of arrival", async () => {
  await putRecords(stripe, [entry(3), entry(4)]);
  await link(named(31, [3], 20n), named(32, [4], 20n));
  await link(named(41, [3], 30n), named(42, [4], 10n));
  expect(await payoutsOf(3, 4)).toEqual([idOf("Payout", "po_41"), idOf("Payout", "po_32")]);
});

test("C12: a payout is complete with the last part of its lines, and that is announced once", async () => {
  await putRecords(stripe, [payoutRecord(5), entry(5), entry(6)]);
  const isComplete = async () =>
    (
      await store.db.read("acme", (tx) =>
        tx.query<{ complete: boolean }>("select lines_known_at is not null as complete from payouts where id = $1", [
          idOf("Payout", "po_5"),
        ]),
      )
    )[0]?.complete;
  await link(named(5, [5], 10n, false));
  expect(await isComplete()).toBe(false);
  expect(await link(named(5, [6]))).toContainEqual({
    entityType: "Payout",
    id: idOf("Payout", "po_5"),
    change: "UPDATED",
  });
  expect(await isComplete()).toBe(true);
  expect(await link(named(5, [5, 6]))).toEqual([]);
  // Read again, the payout stays complete.
  await putRecords(stripe, [{ ...payoutRecord(5), failureReason: "account_closed" }]);
  expect(await isComplete()).toBe(true);
});

test("C12: a few lines among thousands are found by their ids, and thousands are linked at once", async () => {
  const numbers = Array.from({ length: 3_000 }, (_, n) => 1_000 + n);
  await putRecords(stripe, [payoutRecord(7), ...numbers.map(entry)]);
  await analyze(store);
  const nodes = await plansOfWork(store, (tx) => linkPayoutLines(tx, "stripe-main", [named(7, numbers.slice(0, 5))]));
  expect(nodes.map((node) => node["Index Name"])).toContain("ledger_entries_pkey");
  expect(
    nodes.filter((node) => node["Relation Name"] === "ledger_entries" && node["Node Type"] === "Seq Scan"),
  ).toEqual([]);
  await link(named(7, numbers));
  expect(new Set(await payoutsOf(...numbers))).toEqual(new Set([idOf("Payout", "po_7")]));
});
