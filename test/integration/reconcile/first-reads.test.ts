import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { appendEvents } from "../../../src/events/append.ts";
import type { PayoutRoute } from "../../../src/domain/payout-route.ts";
import { matchChanges } from "../../../src/reconcile/payout-bank/match-changes.ts";
import { bankTransactionRecord, day } from "../../helpers/bank-world.ts";
import { addSource, euro, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TODAY = "2026-06-30";
const ROUTE: PayoutRoute = {
  id: "main",
  from: { sourceId: "stripe", accountExternalId: undefined, currency: "EUR" },
  to: { sourceId: "bank", accountExternalId: undefined },
  usualDays: 5,
  holidays: new Set(),
  names: ["STRIPE"],
  fee: [],
  exchange: undefined,
};

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

let tenants = 0;
let stripe: Place;
let bank: Place;
beforeEach(async () => {
  tenants += 1;
  stripe = { database: store.db, tenantId: `tenant-${tenants}`, sourceId: "stripe" };
  bank = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
});

function inTenant<Row extends Record<string, unknown>>(statement: string, values: readonly unknown[] = []) {
  return store.db.transaction(stripe.tenantId, (tx) => tx.query<Row>(statement, values));
}

function matchAll(routes: readonly PayoutRoute[] = []): Promise<void> {
  return matchEverything({ ...stripe, routes, today: TODAY });
}

/** Matches what is due and what is still to be matched again, as the background task does. */
async function matchRest(): Promise<void> {
  const options = { db: store.db, tenantId: stripe.tenantId, now: () => Date.parse(TODAY) };
  while (await matchChanges(options));
}

async function stateOf(type: "Payout" | "BankTransaction", name: string): Promise<unknown> {
  const sourceId = type === "Payout" ? "stripe" : "bank";
  const rows = await inTenant<{ state: string | null }>("select state from reconciliation_items where id = $1", [
    entityId(stripe.tenantId, sourceId, type, name),
  ]);
  return rows[0]?.state;
}

async function openFindings(): Promise<readonly string[]> {
  const rows = await inTenant<{ kind: string }>("select kind from findings where closed_at is null order by kind");
  return rows.map(({ kind }) => kind);
}

async function putPayout(externalId: string, n: number): Promise<void> {
  await putRecords(stripe, [{ ...payoutRecord(0), externalId, amount: euro(77_001n), arrivalDate: day(n) }]);
}

async function putTransaction(externalId: string, n: number, minor = 5n, searchText = "rent"): Promise<void> {
  await putRecords(bank, [bankTransactionRecord(externalId, n, { amount: euro(minor), searchText })]);
}

/** Appends the event of a bank transaction, by which the background task learns of it. */
function reportChange(name: string): Promise<unknown> {
  const id = entityId(stripe.tenantId, "bank", "BankTransaction", name);
  const body = { kind: "EntityChanged", change: "CREATED", entityType: "BankTransaction", entityId: id } as const;
  return store.db.transaction(stripe.tenantId, (tx) => appendEvents(tx, [{ sourceId: "bank", body }]));
}

test("a payout is not reported as missing until the bank's first read has ended", async () => {
  await inTenant("update sources set last_success_at = null where id = 'bank'");
  await putTransaction("first", 1);
  await putPayout("po_1", 20);
  await matchAll();
  expect(await stateOf("Payout", "po_1")).toBe("TIMING");
  expect(await openFindings()).toEqual([]);

  await inTenant("update sources set last_success_at = now() where id = 'bank'");
  await matchRest();
  expect(await stateOf("Payout", "po_1")).toBe("OPEN");
  expect(await openFindings()).toEqual(["PAYOUT_NOT_ARRIVED"]);
});

test("a payout is not reported as missing while files of the bank are still to be read", async () => {
  await inTenant(
    `insert into files (tenant_id, id, source_id, content_hash, name, size, media_type, origin, status, received_at,
       next_attempt_at)
     values ($1, 'file', 'bank', 'hash', 'statement.xml', 1, 'application/xml', 'UPSTREAM', 'ACCEPTED', now(), now())`,
    [stripe.tenantId],
  );
  await putTransaction("first", 1);
  await putPayout("po_1", 20);
  await matchAll();
  expect(await openFindings()).toEqual([]);

  await inTenant("update files set status = 'STORED', finished_at = now()");
  await matchRest();
  expect(await openFindings()).toEqual(["PAYOUT_NOT_ARRIVED"]);
});

test("a source that is paused in its first read is not waited for, and a later one does not change what is known", async () => {
  await inTenant("update sources set last_success_at = null, status = 'PAUSED' where id = 'bank'");
  await putTransaction("first", 1);
  await putPayout("po_1", 20);
  await matchAll();
  expect(await stateOf("Payout", "po_1")).toBe("OPEN");

  await addSource({ ...stripe, sourceId: "second-bank" });
  await inTenant("update sources set last_success_at = null where id = 'second-bank'");
  await matchAll();
  expect(await stateOf("Payout", "po_1")).toBe("OPEN");
});

test("a payout that is older than all bank transactions is compared when older transactions become known", async () => {
  await putTransaction("later", 40);
  await putPayout("po_old", 10);
  await matchAll();
  expect(await stateOf("Payout", "po_old")).toBeNull();
  expect(await openFindings()).toEqual([]);

  await putTransaction("earlier", 5);
  await reportChange("earlier");
  await matchRest();
  expect(await stateOf("Payout", "po_old")).toBe("OPEN");
  expect(await openFindings()).toEqual(["PAYOUT_NOT_ARRIVED"]);
});

test("an arrival on a declared route that is older than all payouts is compared when older payouts become known", async () => {
  await putPayout("po_later", 60);
  await putTransaction("settled", 60, 77_001n, "STRIPE");
  await putTransaction("unknown", 10, 999n, "STRIPE");
  await matchAll([ROUTE]);
  expect(await stateOf("BankTransaction", "unknown")).toBeNull();
  expect(await openFindings()).toEqual([]);

  await putRecords(stripe, [{ ...payoutRecord(0), externalId: "po_older", amount: euro(4_000n), arrivalDate: day(2) }]);
  await putTransaction("older", 2, 4_000n, "STRIPE");
  await matchAll([ROUTE]);
  expect(await stateOf("BankTransaction", "unknown")).toBe("OPEN");
  expect(await openFindings()).toEqual(["ARRIVAL_WITHOUT_PAYOUT"]);
});
