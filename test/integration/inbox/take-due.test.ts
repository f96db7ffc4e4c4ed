import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { takeDue } from "../../../src/ingest/webhooks/due-deliveries.ts";
import { createRecentBodies } from "../../../src/ingest/webhooks/recent-bodies.ts";
import { addDeliveries, idOf } from "../../helpers/delivery-world.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

test("of two transactions that take due deliveries at a time, the second takes what the first did not", async () => {
  const place = { database: store.db, tenantId: "acme", sourceId: "stripe-main" };
  const keys = ["a", "b", "c", "d"];
  await addSource(place);
  await addDeliveries(
    place,
    keys.map((key) => ({ key, status: "PENDING", attempts: 0 })),
  );
  const take = (limit: number, meanwhile: () => Promise<string[]>) =>
    store.db.transaction("acme", async (tx) => {
      const { deliveries } = await takeDue(tx, place.sourceId, limit, createRecentBodies(1));
      return [deliveries.map(({ id }) => id).join(" "), ...(await meanwhile())];
    });
  const taken = await take(2, () => take(4, () => Promise.resolve([])));
  const [a, b, c, d] = keys.map((key) => idOf(place, key));
  expect(taken).toEqual([`${a} ${b}`, `${c} ${d}`]);
});
