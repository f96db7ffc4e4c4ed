import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createRandom, type Random } from "../../../sandbox/shared/random.ts";
import type { LedgerEntryRecord, PayoutRecord } from "../../../src/domain/entities.ts";
import { entityId } from "../../../src/domain/ids.ts";
import { findProofs } from "../../../src/reconcile/payout-proof/find-proofs.ts";
import { discardAffected, refreshProofs, settlePayouts } from "../../../src/reconcile/payout-proof/refresh-proofs.ts";
import { completePayouts, linkLines } from "../../../src/store/entities/payout-lines.ts";
import { drawSeed } from "../../helpers/draw-seed.ts";
import { addSource, type Place, putRecords, tombstoneRecord } from "../../helpers/ledger-world.ts";
import { type ExpectedProof, generatePayouts, PLANTED_IN_LISTS, type PayoutWorld } from "../../helpers/payout-world.ts";
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
  place = { database: store.db, tenantId: "acme", sourceId: `processor-${sources}` };
  await addSource(place);
});

const idOf = (type: "LedgerEntry" | "Payout", externalId: string): string =>
  entityId("acme", place.sourceId, type, externalId);

/** Something that arrives from the source: an object, or the list of what a payout paid out. */
interface Arrival {
  readonly records: readonly (LedgerEntryRecord | PayoutRecord)[];
  readonly list?: readonly [payout: string, lines: readonly string[]];
}

function arrivalsOf({ entries, payouts, lists }: PayoutWorld): readonly Arrival[] {
  return [
    ...[...entries.values(), ...payouts.values()].map((record) => ({ records: [record] })),
    // As from the source: the list contains its entries, and comes with the payout.
    ...[...lists].map((list) => ({
      records: [
        ...list[1].flatMap((line) => entries.get(line) ?? []),
        ...[payouts.get(list[0])].flatMap((own) => own ?? []),
      ],
      list,
    })),
  ];
}

interface Changes {
  readonly entryIds: readonly string[];
  readonly payoutIds: readonly string[];
}

async function storeArrivals(batch: readonly Arrival[]): Promise<Changes> {
  const records = new Map(batch.flatMap((arrival) => arrival.records).map((record) => [record.externalId, record]));
  await putRecords(place, [...records.values()]);
  await store.db.transaction("acme", async (tx) => {
    for (const { list } of batch) {
      if (list === undefined) continue;
      const payoutId = idOf("Payout", list[0]);
      await linkLines(
        tx,
        list[1].map((line) => ({ id: idOf("LedgerEntry", line), payoutId, version: 1n })),
      );
      await completePayouts(tx, [payoutId]);
    }
  });
  const ids = (type: "LedgerEntry" | "Payout") =>
    [...records.values()].filter((record) => record.type === type).map((record) => idOf(type, record.externalId));
  return { entryIds: ids("LedgerEntry"), payoutIds: ids("Payout") };
}

/** Processes changes as the background check does. */
async function follow({ entryIds, payoutIds }: Changes): Promise<void> {
  await store.db.transaction("acme", async (tx) => {
    const affected = await discardAffected(tx, { entryIds, payoutIds });
    const settled = await settlePayouts(tx, [place.sourceId]);
    const listing = await tx.query<{ id: string | null }>(
      "select payout_id as id from ledger_entries where id = any($1)",
      [entryIds],
    );
    await refreshProofs(tx, [
      ...new Set([...payoutIds, ...affected, ...settled, ...listing.flatMap(({ id }) => id ?? [])]),
    ]);
  });
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

async function arrive(world: PayoutWorld, random: Random): Promise<void> {
  const arrivals = shuffled(arrivalsOf(world), random);
  while (arrivals.length > 0) {
    await follow(await storeArrivals(arrivals.splice(0, random.integer(1, 60))));
  }
  for (const entry of world.deleted) await tombstoneRecord(place, "LedgerEntry", entry);
  await follow({ entryIds: world.deleted.map((entry) => idOf("LedgerEntry", entry)), payoutIds: [] });
}

const byId = (a: readonly [string, unknown], b: readonly [string, unknown]): number => (a[0] < b[0] ? -1 : 1);

async function statedProofs(world: PayoutWorld): Promise<readonly (readonly [string, ExpectedProof])[]> {
  const names = new Map([...world.payouts.keys()].map((name) => [idOf("Payout", name), name]));
  const proofs = await store.db.read("acme", (tx) => findProofs(tx, [...names.keys()]));
  return proofs
    .map(({ payoutId, state, residue }) => {
      const parts = residue.map(({ kind, minor }) => `${kind} ${minor}`);
      return [names.get(payoutId) ?? "", { state, residue: parts }] as const;
    })
    .toSorted(byId);
}

async function storedStates(world: PayoutWorld): Promise<readonly (readonly [string, string])[]> {
  const rows = await store.db.read("acme", (tx) =>
    tx.query<{ name: string; state: string }>(
      "select external_id as name, proof_state as state from payouts where source_id = $1",
      [place.sourceId],
    ),
  );
  expect(rows).toHaveLength(world.payouts.size);
  return rows.map(({ name, state }) => [name, state] as const).toSorted(byId);
}

describe("proofs of generated payouts", () => {
  test.each(["one order", "another order"])(
    "every planted break is found and none is invented, whatever arrives first (%s)",
    async () => {
      const seed = drawSeed("PAYOUT_WORLD_SEED");
      const world = generatePayouts(createRandom(seed), 4);
      await arrive(world, createRandom(seed + sources));
      expect(await statedProofs(world)).toEqual([...world.expected].toSorted(byId));
      expect(await storedStates(world)).toEqual(
        [...world.expected].map(([name, { state }]) => [name, state] as const).toSorted(byId),
      );
      expect([...world.planted.keys()]).toEqual(expect.arrayContaining(PLANTED_IN_LISTS));
    },
  );

  test("amount = lines + residue, for every payout in one currency", async () => {
    const world = generatePayouts(createRandom(drawSeed("PAYOUT_WORLD_SEED")), 2);
    await arrive(world, createRandom(1));
    const ids = [...world.payouts.keys()].map((name) => idOf("Payout", name));
    const proofs = await store.db.read("acme", (tx) => findProofs(tx, ids));
    const inOne = proofs.filter(({ sumMinor }) => sumMinor !== null);
    expect(inOne.length).toBeGreaterThan(20);
    for (const { amountMinor, sumMinor, residue } of inOne) {
      expect((sumMinor ?? 0n) + residue.reduce((total, { minor }) => total + minor, 0n)).toBe(amountMinor);
    }
  });
});
