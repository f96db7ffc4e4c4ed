import { setImmediate as turn } from "node:timers/promises";
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

test("a statement counts as sent when all of its bytes have left the process, before its response", async () => {
  const order: string[] = [];
  await store.db.transaction("acme", async (tx) => {
    // More than the connection takes in one turn of the event loop.
    const value = "x".repeat(64 * 1024 * 1024);
    const answered = tx.query("select length($1::text)", [value]).then(() => void order.push("response"));
    const sent = tx.sent().then(() => void order.push("sent"));
    await turn();
    order.push("next turn");
    await Promise.all([answered, sent]);
  });
  expect(order).toEqual(["next turn", "sent", "response"]);
});

test("statements of a connection that the server has ended count as sent: nobody waits for them for ever", async () => {
  const work = store.db.transaction("acme", async (tx) => {
    await tx.query("select pg_terminate_backend(pg_backend_pid())").catch(() => undefined);
    await tx.sent();
    throw new Error("it did not wait for ever");
  });
  await expect(work).rejects.toMatchObject({ cause: expect.objectContaining({ message: "it did not wait for ever" }) });
});
