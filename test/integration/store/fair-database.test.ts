import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { shareDatabase } from "../../../src/store/fair-database.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

/** Transactions that last until they are ended, each of a tenant of its own. */
function openTransactions(db: Database, count: number) {
  const end = Promise.withResolvers<void>();
  const started: string[] = [];
  const transactions = Array.from({ length: count }, (_, index) => {
    const begun = Promise.withResolvers<void>();
    const ended = db.transaction(`tenant-${index}`, async () => {
      started.push(`tenant-${index}`);
      begun.resolve();
      await end.promise;
    });
    return { begun: begun.promise, ended };
  });
  return {
    started,
    begun: (index: number) => transactions[index]?.begun,
    async end() {
      end.resolve();
      await Promise.all(transactions.map(({ ended }) => ended));
    },
  };
}

test("awaited work does not wait until background work has ended, however much of it there is", async () => {
  const connections = 4;
  const pool = createDatabase({ connection: store.connection, max: connections });
  const dbFor = shareDatabase(pool, connections);
  const polls = openTransactions(dbFor("batches"), 20);
  try {
    for (let index = 0; index < connections - 1; index += 1) await polls.begun(index);
    const rows = await dbFor("webhooks", "awaited").transaction("tenant-0", (tx) => tx.query("select 1 as one"));
    expect(rows).toEqual([{ one: 1 }]);
    expect(polls.started).toHaveLength(connections - 1);
  } finally {
    await polls.end();
    await pool.close();
  }
});

test("background work takes its turn while awaited work waits", async () => {
  const connections = 3;
  const pool = createDatabase({ connection: store.connection, max: connections });
  const dbFor = shareDatabase(pool, connections);
  const webhooks = openTransactions(dbFor("webhooks", "awaited"), connections);
  for (let index = 0; index < connections; index += 1) await webhooks.begun(index);
  const order: string[] = [];
  const note = (name: string) => async () => void order.push(name);
  const later = [
    ...[1, 2, 3, 4].map((each) => dbFor("webhooks", "awaited").transaction("tenant-0", note(`webhook ${each}`))),
    dbFor("batches").transaction("tenant-0", note("poll")),
  ];
  await webhooks.end();
  await Promise.all(later);
  await pool.close();
  expect(order).toHaveLength(later.length);
  expect(order.indexOf("poll")).toBeLessThan(later.length - 1);
});

test("with two connections, background work uses both", async () => {
  const pool = createDatabase({ connection: store.connection, max: 2 });
  const polls = openTransactions(shareDatabase(pool, 2)("batches"), 2);
  await Promise.all([polls.begun(0), polls.begun(1)]);
  expect(polls.started).toHaveLength(2);
  await polls.end();
  await pool.close();
});

test("the notifications of background work are sent late, those of awaited work at once", async () => {
  const pool = createDatabase({ connection: store.connection, max: 1 });
  const late: unknown[] = [];
  const dbFor = shareDatabase(
    {
      ...pool,
      transaction(tenantId, work, options) {
        late.push(options?.notifiesLate);
        return pool.transaction(tenantId, work, options);
      },
    },
    1,
  );
  const nothing = () => Promise.resolve();
  await dbFor("polls").transaction("acme", nothing, { deadlineMs: 10_000 });
  await dbFor("webhooks", "awaited").transaction("acme", nothing);
  await pool.close();
  expect(late).toEqual([true, false]);
});
