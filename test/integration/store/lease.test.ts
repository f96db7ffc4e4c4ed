import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { isLeased, isUnleased, type Lease, leasedTable } from "../../../src/store/lease.ts";

interface StreamLease extends Lease {
  readonly sourceId: string;
  readonly stream: string;
}

const OURS: StreamLease = { sourceId: "main", stream: "charges", owner: "us", token: 7n };
const streams = leasedTable<StreamLease>({
  update: "update stream_states set",
  key: { source_id: "sourceId", stream: "stream" },
  condition: "last_success_at is null",
  leaseMs: 60_000,
  lostMessage: "another worker has taken over the stream",
});

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const query = (text: string) => store.db.transaction("acme", (tx) => tx.query(text));

beforeEach(async () => {
  await query("delete from stream_states");
  await query(`insert into stream_states (tenant_id, source_id, stream, lease_owner, lease_token, lease_until)
    values ('acme', 'main', 'charges', 'us', 7, now() - interval '1 second'), ('acme', 'main', 'refunds', 'us', 7, null)`);
});

const leases = () =>
  query(`select stream, lease_owner as owner, ${isLeased("stream_states")} as leased, ${isUnleased("stream_states")} as free,
    cursor from stream_states order by stream`);
const OTHER_ROW = { stream: "refunds", owner: "us", leased: null, free: true, cursor: null };

test("the owner extends its lease and changes its row, even after the lease expired, as long as nobody took it over", async () => {
  await store.db.transaction("acme", (tx) =>
    streams.extend(tx, OURS, { set: "cursor = jsonb_build_object('at', $1::text, 'page', $2::int)", values: ["x", 2] }),
  );
  expect(await leases()).toEqual([
    { stream: "charges", owner: "us", leased: true, free: false, cursor: { at: "x", page: 2 } },
    OTHER_ROW,
  ]);
});

test("a released lease is free at once", async () => {
  await store.db.transaction("acme", async (tx) => {
    await streams.extend(tx, OURS);
    await streams.release(tx, OURS);
  });
  expect(await leases()).toEqual([
    { stream: "charges", owner: null, leased: null, free: true, cursor: null },
    OTHER_ROW,
  ]);
});

test.each([
  ["an older token", { token: 6n }],
  ["another owner", { owner: "others" }],
  ["another row", { stream: "payouts" }],
])("a write with %s is refused and changes nothing", async (_case, difference) => {
  const lost = { code: "LEASE_LOST", publicMessage: "another worker has taken over the stream" };
  const lease = { ...OURS, ...difference };
  const change = { set: "cursor = $1::jsonb", values: ["{}"] };
  await expect(store.db.transaction("acme", (tx) => streams.extend(tx, lease, change))).rejects.toMatchObject(lost);
  await expect(store.db.transaction("acme", (tx) => streams.release(tx, lease, change))).rejects.toMatchObject(lost);
  expect(await leases()).toEqual([
    { stream: "charges", owner: "us", leased: false, free: true, cursor: null },
    OTHER_ROW,
  ]);
});

test("a row that does not meet the table's condition is not written", async () => {
  await query("update stream_states set last_success_at = now()");
  await expect(store.db.transaction("acme", (tx) => streams.extend(tx, OURS))).rejects.toMatchObject({
    code: "LEASE_LOST",
    message: expect.stringContaining("main/charges token 7"),
  });
});
