import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

test("a transaction that the server ends to resolve a deadlock is run again, and both have their effect", async () => {
  const { db } = store;
  await db.transaction("acme", (tx) =>
    tx.query("insert into event_heads (tenant_id, head, floor) values ('acme', 0, 0)"),
  );
  await db.transaction("acme", (tx) =>
    tx.query("insert into stream_states (tenant_id, source_id, stream) values ('acme', 'main', 'a')"),
  );
  const statements = [
    "update event_heads set head = head + 1",
    "update stream_states set lease_token = lease_token + 1",
  ] as const;
  let runs = 0;
  const bothHaveOneLock = Promise.withResolvers<void>();
  const work = (order: readonly string[]) =>
    db.transaction("acme", async (tx) => {
      await tx.query(order[0] ?? "");
      runs += 1;
      if (runs === 2) bothHaveOneLock.resolve();
      await bothHaveOneLock.promise;
      await tx.query(order[1] ?? "");
    });
  await Promise.all([work(statements), work(statements.toReversed())]);
  expect(runs).toBeGreaterThan(2); // on a busy machine the repeated one may be quicker than the one that waits
  const counts = await db.read("acme", (tx) =>
    tx.query("select head, lease_token from event_heads cross join stream_states"),
  );
  expect(counts).toEqual([{ head: 2n, lease_token: 2n }]);
});
