import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { isDeepStrictEqual } from "node:util";
import { pino } from "pino";
import type { PayoutRoute } from "../../../src/domain/payout-route.ts";
import { createDeclaredRoutes } from "../../../src/reconcile/payout-bank/declared-routes.ts";
import { createFileRoutes, type RoutesByTenant } from "../../../src/reconcile/payout-bank/file-routes.ts";
import { startMatchWatch } from "../../../src/reconcile/payout-bank/match-watch.ts";
import { bankTransactionRecord, day, money } from "../../helpers/bank-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { addSource, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { entityId } from "../../../src/domain/ids.ts";

const route = (id: string, amount: string): PayoutRoute => ({
  id,
  from: { sourceId: "stripe-main", accountExternalId: "acct_1", currency: "USD" },
  to: { sourceId: "bank", accountExternalId: "US64" },
  usualDays: 2,
  holidays: new Set(["2026-12-26", "2026-12-25"]),
  names: ["STRIPE"],
  fee: [
    { upTo: "100", amount },
    { upTo: undefined, amount: "5" },
  ],
  exchange: { by: "LEDGER_ENTRY_RATE", to: "EUR", rounding: "HALF_EVEN" },
});
const routes = (...own: readonly PayoutRoute[]): RoutesByTenant => new Map(own.length === 0 ? [] : [["acme", own]]);

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  const stripe: Place = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  const bank: Place = { ...stripe, sourceId: "bank" };
  await addSource(stripe);
  await addSource(bank);
  const amount = money(90_000n, 2, "USD");
  await putRecords(stripe, [{ ...payoutRecord(0), externalId: "po_1", amount, arrivalDate: day(10) }]);
  await putRecords(bank, [bankTransactionRecord("credit", 10, { amount, searchText: "STRIPE" })]);
  const payout = entityId("acme", "stripe-main", "Payout", "po_1");
  await store.db.transaction("acme", (tx) =>
    appendEvents(tx, [
      { sourceId: "bank", body: { kind: "EntityChanged", change: "CREATED", entityType: "Payout", entityId: payout } },
    ]),
  );
});
afterAll(async () => store[Symbol.asyncDispose]());

/** Name of the settings file's routes, and the version of the row: each step of the matching makes another one. */
async function progress(): Promise<Readonly<Record<string, unknown>> | undefined> {
  const [row] = await store.db.read("acme", (tx) =>
    tx.query(`select xmin::text as version, sweep_type as sweep, file_routes->0->>'id' as route
       from payout_match_progress`),
  );
  return row;
}

test("the routes of a settings file are found again as they were declared", async () => {
  const [first, second] = [
    route("first", "1.50"),
    { ...route("second", "2"), exchange: undefined, fee: [], names: [] },
  ];
  await createFileRoutes(store.db, routes(first, second)).publish();
  const found = await createDeclaredRoutes(store.db).findPayoutRoutes("acme");
  expect(found).toEqual([
    { origin: "SETTINGS_FILE", route: { ...first, holidays: new Set(["2026-12-25", "2026-12-26"]) } },
    { origin: "SETTINGS_FILE", route: { ...second, holidays: new Set(["2026-12-25", "2026-12-26"]) } },
  ]);
});

test("of two processes whose settings files differ the one that read last counts, and neither matches everything again and again", async () => {
  const [older, newer] = [
    createFileRoutes(store.db, routes()),
    createFileRoutes(store.db, routes(route("newer", "1"))),
  ];
  await older.publish();
  await newer.publish();
  let rounds = 0;
  const watches = [older, newer].map((fileRoutes) =>
    startMatchWatch({
      db: store.db,
      fileRoutes: {
        async publish() {
          await fileRoutes.publish();
          rounds += 1;
        },
      },
      log: pino({ level: "silent" }),
      random: Math.random,
      now: () => Date.parse(day(40)),
      everyMs: 20,
    }),
  );
  try {
    // Each step makes another version of the row: with two files by turns the matching would never rest.
    const rested = await eventually("everything to be matched, and both to find nothing to do", async () => {
      const [before, from] = [await progress(), rounds];
      await eventually("both to look for changes several times", () => rounds > from + 10);
      return before?.["sweep"] === null && isDeepStrictEqual(await progress(), before) && before;
    });
    expect(rested).toMatchObject({ route: "newer" });

    await older.replace(routes(route("older", "1")));
    await eventually("everything to be matched by the routes that were read last", async () => {
      const now = await progress();
      return now?.["route"] === "older" && now["sweep"] === null;
    });
    await newer.replace(routes());
    await eventually("the routes to be gone", async () => (await progress())?.["route"] === null);
  } finally {
    for (const watch of watches) await watch.close(5_000);
  }
});

test("routes that are stored already are not written again, and others begin to match everything again", async () => {
  await store.db.transaction("acme", (tx) => tx.query("update payout_match_progress set sweep_type = null"));
  await createFileRoutes(store.db, routes(route("same", "1"))).publish();
  expect(await progress()).toMatchObject({ route: "same", sweep: "Payout" });
  const before = await progress();
  await createFileRoutes(store.db, routes(route("same", "1"))).publish();
  expect(await progress()).toEqual(before);
});
