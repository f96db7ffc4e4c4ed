import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { acquireLeases, LEASE_MS, leasedStreams } from "../../../src/ingest/polling/stream-lease.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

const acquire = (stream: string, owner: string) =>
  store.db.transaction("acme", async (tx) => (await acquireLeases(tx, "main", [stream], owner)).get(stream));
const expire = (stream: string) =>
  store.db.transaction("acme", (tx) =>
    tx.query("update stream_states set lease_until = now() - interval '1 ms' where stream = $1", [stream]),
  );

test("a stream has one owner until its lease expires, and each takeover has a greater token", async () => {
  const first = await acquire("charges", "one");
  expect(first?.lease).toMatchObject({ owner: "one", token: 1n });
  expect(await acquire("charges", "two")).toBeUndefined();
  expect(await acquire("charges", "one")).toBeUndefined();
  await expire("charges");
  expect((await acquire("charges", "two"))?.lease).toMatchObject({ owner: "two", token: 2n });
  await expire("charges");
  // Also for the same owner: a write of its earlier lease may still be under way.
  const third = await acquire("charges", "one");
  expect(third?.lease).toMatchObject({ owner: "one", token: 3n });
  const late = store.db.transaction("acme", (tx) => leasedStreams.extend(tx, first!.lease));
  await expect(late).rejects.toMatchObject({ code: "LEASE_LOST" });
});

test("a lease ends LEASE_MS after the transaction by the database's clock, which is within F5's 15 s", async () => {
  await acquire("refunds", "one");
  const [row] = await store.db.read("acme", (tx) =>
    tx.query<{ left_ms: number }>(
      `select extract(epoch from lease_until - now()) * 1000 as left_ms from stream_states where stream = 'refunds'`,
    ),
  );
  expect(Number(row?.left_ms)).toBeLessThanOrEqual(LEASE_MS);
  expect(LEASE_MS).toBeLessThan(15_000);
});
