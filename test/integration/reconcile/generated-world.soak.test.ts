import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { storeFileRoutes } from "../../../src/reconcile/payout-bank/file-routes.ts";
import { matchChanges } from "../../../src/reconcile/payout-bank/match-changes.ts";
import { createDraw } from "../../helpers/draw.ts";
import { drawSeed } from "../../helpers/draw-seed.ts";
import {
  assess,
  type Fed,
  feed,
  type MatchedRow,
  readResults,
  recordsOf,
  TENANT,
} from "../../helpers/feed-generated-world.ts";
import { generateWorld, type GeneratedWorld } from "../../helpers/generated-world.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { amountOf, numberFrom } from "../../helpers/length.ts";
import { runMatchProcess } from "../../helpers/match-process.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** Of a run by hand: `WORLD_PAYMENTS=100000 npm test -- test/integration/reconcile/generated-world`. */
const PAYMENTS = numberFrom("WORLD_PAYMENTS") ?? amountOf({ short: 3_000, long: 12_000 });
const CHUNK = amountOf({ short: 300, long: 1_000 });
const LIMIT_MS = Math.max(240_000, 40 * PAYMENTS);
const KILLS = amountOf({ short: 2, long: 6 });

/** A small world of a random seed may have no break of some kind. */
const seed = amountOf({ short: () => 38_232, long: () => drawSeed("WORLD_SEED") })();
const world: GeneratedWorld = generateWorld(seed, PAYMENTS);
const draw = createDraw(seed + 1);
const stores: TestStore[] = [];
let results: readonly MatchedRow[];

async function openStore(): Promise<TestStore> {
  const store = await useStore();
  stores.push(store);
  for (const sourceId of ["stripe-main", "bank"]) await addSource({ database: store.db, tenantId: TENANT, sourceId });
  await store.db.transaction(TENANT, (tx) => storeFileRoutes(tx, world.routes));
  return store;
}

function step(store: TestStore): Promise<boolean> {
  return matchChanges({ db: store.db, tenantId: TENANT, now: () => Date.parse(world.today) });
}

async function feedAll(store: TestStore, records: readonly Fed[], between: () => Promise<unknown>): Promise<void> {
  for (let from = 0; from < records.length; from += CHUNK) {
    await feed(store.db, records.slice(from, from + CHUNK));
    await between();
  }
}

/** Results that are in one of two lists only. */
function differing(others: readonly MatchedRow[]): readonly string[] {
  const textsOf = (rows: readonly MatchedRow[]) => new Set(rows.map((row) => JSON.stringify(row)));
  return [...textsOf(results).symmetricDifference(textsOf(others))].toSorted().slice(0, 10);
}

beforeAll(async () => {
  const store = await openStore();
  await feedAll(store, recordsOf(world), () => Promise.resolve());
  while (await step(store));
  results = await readResults(store.db);
}, LIMIT_MS);
afterAll(async () => {
  for (const store of stores) await store[Symbol.asyncDispose]();
});

describe("a generated world", () => {
  test("has no match that is not true, and shows every planted break", () => {
    const { wrong, missed, recall, byKind } = assess(world, results);
    process.stdout.write(
      `matches found: ${(recall * 100).toFixed(1)} % of ${world.matches}; breaks: ${JSON.stringify(byKind)}\n`,
    );
    expect(wrong).toEqual([]);
    expect(missed).toEqual([]);
    expect(recall).toBeGreaterThan(0.85);
    expect(Math.min(...Object.values(byKind))).toBeGreaterThan(0);
  });

  test("explains only the declared fee, and what the bank states as instructed", () => {
    const explained = results.filter(({ state }) => state === "EXPLAINED");
    expect(explained.length).toBeGreaterThan(0);
    expect(new Set(explained.map(({ residue, residueKind }) => `${residueKind} ${residue}`))).toEqual(
      new Set(["FEE 1.5", "EXCHANGE 0"]),
    );
  });

  test(
    "has the same results when it comes in random order, and is matched meanwhile",
    async () => {
      const store = await openStore();
      await feedAll(store, draw.shuffled(recordsOf(world)), () => step(store));
      while (await step(store));
      expect(differing(await readResults(store.db))).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    "has the same results when the process is killed in the middle of steps, and after them",
    async () => {
      const store = await openStore();
      await feedAll(store, draw.shuffled(recordsOf(world)), () => Promise.resolve());
      const { connection } = store;
      const settings = { connection, tenantId: TENANT, today: world.today };
      for (let kill = 0; kill < KILLS; kill++) {
        const killAt = kill % 2 === 0 ? "before the commit" : "after the commit";
        expect(await runMatchProcess({ ...settings, killAt, steps: draw.between(0, 2) })).toBe("SIGKILL");
      }
      expect(await runMatchProcess({ ...settings, killAt: "never", steps: 0 })).toBeNull();
      expect(differing(await readResults(store.db))).toEqual([]);
    },
    LIMIT_MS,
  );
});
