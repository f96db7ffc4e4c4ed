import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createRandom, type Random } from "../../../sandbox/shared/random.ts";
import type { DomainRecord } from "../../../src/domain/entities.ts";
import { entityId } from "../../../src/domain/ids.ts";
import {
  countAgain,
  countBalances,
  discardCounted,
  markComparable,
} from "../../../src/reconcile/balance-chain/count-balances.ts";
import { findDrifts } from "../../../src/reconcile/balance-chain/find-drift.ts";
import { type BalanceWorld, type ExpectedChain, generateBalances } from "../../helpers/balance-world.ts";
import { drawSeed } from "../../helpers/draw-seed.ts";
import {
  accountRecord,
  addSource,
  euro,
  minute,
  type Place,
  putRecords,
  tombstoneRecord,
} from "../../helpers/ledger-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

let sources = 0;
let place: Place;
beforeEach(async () => {
  sources += 1;
  place = { database: store.db, tenantId: "acme", sourceId: `ledger-${sources}` };
  await addSource(place);
});

const LATER = "2027-01-01T00:00:00Z";
const idOf = (type: "Account" | "LedgerEntry", externalId: string): string =>
  entityId("acme", place.sourceId, type, externalId);

/** Processes changes as the background check does. */
async function follow(records: readonly DomainRecord[]): Promise<void> {
  const entries = records.filter(({ type }) => type === "LedgerEntry");
  await store.db.transaction("acme", async (tx) => {
    await discardCounted(
      tx,
      entries.map(({ externalId }) => idOf("LedgerEntry", externalId)),
    );
    await countBalances(tx, [place.sourceId]);
    await markComparable(tx, [{ sourceId: place.sourceId, until: LATER }]);
  });
}

async function put(...records: readonly DomainRecord[]): Promise<void> {
  await putRecords(place, records);
  await follow(records);
}

async function arrive(world: BalanceWorld, random: Random): Promise<void> {
  await put(...world.accounts);
  const arrivals: DomainRecord[] = [...world.entries, ...world.balances];
  const shuffled = arrivals.map((record) => ({ record, at: random.next() })).toSorted((a, b) => a.at - b.at);
  while (shuffled.length > 0) {
    const batch = new Map(
      shuffled
        .splice(0, random.integer(1, 80))
        // One statement writes an object once: of two balances of one kind the later one.
        .map(({ record }) => [
          record.type === "Balance" ? `${record.externalId} ${record.asOf}` : record.externalId,
          record,
        ]),
    );
    const balances = [...batch.values()].filter((record) => record.type === "Balance");
    await put(...[...batch.values()].filter((record) => record.type !== "Balance"));
    for (const balance of balances) await putRecords(place, [balance]);
    await follow([]);
  }
  await put(...world.altered);
  for (const entry of world.deleted) await tombstoneRecord(place, "LedgerEntry", entry);
  await follow(world.entries.filter(({ externalId }) => world.deleted.includes(externalId)));
}

async function statedChains(world: BalanceWorld): Promise<ReadonlyMap<string, ExpectedChain>> {
  const names = new Map(world.accounts.map(({ externalId }) => [idOf("Account", externalId), externalId]));
  const entries = new Map(world.entries.map(({ externalId }) => [idOf("LedgerEntry", externalId), externalId]));
  const rows = await store.db.read("acme", (tx) => findDrifts(tx, [...names.keys()]));
  return new Map(
    rows.map((row) => [
      names.get(row.accountId) ?? "",
      {
        state: row.offsetMinor === 0n ? ("AGREES" as const) : ("BROKEN" as const),
        offset: row.offsetMinor,
        firstDay: row.firstDay ?? undefined,
        candidates: row.candidates.map(({ id, reason }) => `${entries.get(id)} ${reason}`).toSorted(),
      },
    ]),
  );
}

describe("chains of generated balances", () => {
  test.each(["one order", "another order"])(
    "every planted break is located to its day and entry and none is invented, whatever arrives first (%s)",
    async () => {
      const seed = drawSeed("BALANCE_WORLD_SEED");
      const world = generateBalances(createRandom(seed), 12);
      await arrive(world, createRandom(seed + sources));
      expect(await statedChains(world)).toEqual(world.expected);
      expect([...world.expected.values()].filter(({ state }) => state === "BROKEN")).toHaveLength(8);
      // What is calculated again from nothing is the same.
      await store.db.transaction("acme", (tx) =>
        countAgain(
          tx,
          world.accounts.map(({ externalId }) => idOf("Account", externalId)),
        ),
      );
      expect(await statedChains(world)).toEqual(world.expected);
    },
  );
});

const account = { ...accountRecord(1), externalId: "core", kind: "BANK_ACCOUNT" as const };
const booked = (day: number, minor: bigint) =>
  ({
    type: "Balance",
    externalId: "core:BOOKED",
    createdAt: undefined,
    extensions: {},
    accountExternalId: "core",
    kind: "BOOKED",
    money: euro(minor),
    asOf: minute(day * 1_440),
  }) as const;
const entry = (externalId: string, at: number, minor: bigint) =>
  ({
    type: "LedgerEntry",
    externalId,
    createdAt: minute(at),
    extensions: {},
    accountExternalId: "core",
    kind: "PAYMENT",
    rawKind: "payment",
    gross: euro(minor),
    feeMinor: 0n,
    netMinor: minor,
    originType: undefined,
    originExternalId: undefined,
    availableOn: undefined,
    description: undefined,
    exchangeRate: undefined,
  }) as const;

async function drift() {
  const [row] = await store.db.read("acme", (tx) => findDrifts(tx, [idOf("Account", "core")]));
  return row;
}

describe("an account that is no processor's", () => {
  test("is not compared while its ledger may begin after the account does", async () => {
    await put(account, entry("e1", 5, 100n));
    await put(booked(1, 5_100n));
    expect(await drift()).toMatchObject({ isAnchored: false, offsetMinor: 5_000n });
  });

  test("is compared as soon as one balance was the sum of its entries; an entry that is booked later closes the break", async () => {
    await put(account, entry("e1", 5, 100n));
    await put(booked(1, 100n));
    expect(await drift()).toMatchObject({ isAnchored: true, offsetMinor: 0n, firstDay: null });
    await put(booked(3, 175n));
    expect(await drift()).toMatchObject({
      isAnchored: true,
      offsetMinor: 75n,
      firstDay: "2026-01-04",
      lastAgreed: "2026-01-02",
      candidates: [],
    });
    await put(entry("e2", 2_000, 75n));
    expect(await drift()).toMatchObject({ offsetMinor: 0n, firstDay: null });
  });
});

test("an entry that is booked only after the balance that counts it is named, until a balance after it agrees", async () => {
  await put(
    { ...account, kind: "PROCESSOR_BALANCE" },
    entry("e1", 5, 100n),
    entry("late", 1_500, 75n),
    entry("other", 1_501, 20n),
  );
  await put(booked(1, 175n));
  expect(await drift()).toMatchObject({
    offsetMinor: 75n,
    firstDay: "2026-01-02",
    candidates: [{ id: idOf("LedgerEntry", "late"), reason: "LATE" }],
  });
  await put(booked(2, 195n));
  expect(await drift()).toMatchObject({ offsetMinor: 0n, candidates: [] });
});

test("a balance that was stated after the ledger was read says nothing yet", async () => {
  await putRecords(place, [{ ...account, kind: "PROCESSOR_BALANCE" }, entry("e1", 5, 100n), booked(1, 900n)]);
  const mark = (until: string) =>
    store.db.transaction("acme", async (tx) => {
      await countBalances(tx, [place.sourceId]);
      await markComparable(tx, [{ sourceId: place.sourceId, until }]);
    });
  await mark(minute(1_439));
  expect(await drift()).toBeUndefined();
  await mark(minute(1_441));
  expect(await drift()).toMatchObject({ offsetMinor: 800n });
});

test("two parts of a balance that are of different moments are not added", async () => {
  const part = (kind: "AVAILABLE" | "PENDING", at: number) =>
    ({ ...booked(1, 50n), externalId: `core:${kind}`, kind, asOf: minute(at) }) as const;
  await put({ ...account, kind: "PROCESSOR_BALANCE" }, entry("e1", 5, 100n));
  await put(part("AVAILABLE", 100), part("PENDING", 101));
  expect(await drift()).toBeUndefined();
  await put(part("AVAILABLE", 101));
  expect(await drift()).toMatchObject({ offsetMinor: 0n });
});

test("the sums between balances, and the drift of few accounts, are found by indexes", async () => {
  const world = generateBalances(createRandom(1), 60);
  await putRecords(place, [...world.accounts, ...world.entries]);
  for (const balance of world.balances) await putRecords(place, [balance]);
  await analyze(store);
  const plans = await plansOfWork(store, async (tx) => {
    await discardCounted(tx, [idOf("LedgerEntry", "entry_7")]);
    await findDrifts(tx, [idOf("Account", "chain_7")]);
  });
  const scanned = plans.filter((plan) => plan["Node Type"] === "Seq Scan").map((plan) => plan["Relation Name"]);
  expect(plans.map((plan) => plan["Index Name"])).toContain("balance_days_pkey");
  // The other tables are smaller than a page of an index.
  const large = ["balance_days", "ledger_entries", "entity_changes"];
  expect(scanned.filter((table) => large.includes(table ?? ""))).toEqual([]);
});
