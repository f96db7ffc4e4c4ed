import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { DUE_FILES } from "../../../src/ingest/files/applier.ts";
import { findDueStreams } from "../../../src/ingest/polling/find-due-streams.ts";
import { DUE_REFETCHES } from "../../../src/ingest/refetch-queue/claim-refetches.ts";
import { DUE_REFRESH_REQUESTS } from "../../../src/ingest/runs/refresh-requests.ts";
import { DUE_DELIVERIES } from "../../../src/ingest/webhooks/applier.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { type DueRows, dueSources } from "../../../src/store/find-due-sources.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** One tenant with many sources and a long backlog, and another one with a single due row. */
const BIG_SOURCES = 60;
const BACKLOG = 8_000;

let store: TestStore;
let db: Database;
let statements: string[];
beforeAll(async () => {
  store = await useStore();
  statements = [];
  db = createDatabase({ connection: store.connection, max: 2, onStatement: (text) => void statements.push(text) });
  await fill(
    "big",
    `select 'big-' || lpad((n % ${BIG_SOURCES})::text, 3, '0') as source_id, n from generate_series(1, ${BACKLOG}) n`,
  );
  await fill("small", "select 'small' as source_id, n from generate_series(1, 1) n");
  await fill("later", "select 'later' as source_id, n from generate_series(1, 1) n", "interval '1 hour'");
}, 120_000);
afterAll(async () => {
  await db.close();
  await store[Symbol.asyncDispose]();
});

/** Stores one row of each kind of work for each row of `rows`, which has a source and a number. */
async function fill(tenantId: string, rows: string, dueIn = "interval '-1 minute'"): Promise<void> {
  await store.db.transaction(tenantId, async (tx) => {
    const values = (columns: string): string => `select ${columns} from (${rows}) as given`;
    await tx.query(`insert into sources (tenant_id, id, connector, status, status_since)
      select distinct '${tenantId}', source_id, 'stripe', 'ACTIVE', now() from (${rows}) as given`);
    await tx.query(`insert into deliveries (tenant_id, id, source_id, delivery_key, content_hash, received_at, status, next_attempt_at, size)
      ${values(`'${tenantId}', '${tenantId}-' || n, source_id, n::text, 'hash', now(), 'PENDING', now() + ${dueIn}, 1`)}`);
    await tx.query(`insert into refetches (tenant_id, id, source_id, entity_type, external_id, next_attempt_at)
      ${values(`'${tenantId}', '${tenantId}-' || n, source_id, 'Payment', n::text, now() + ${dueIn}`)}`);
    await tx.query(`insert into stream_refresh_requests (tenant_id, source_id, stream, requested_at)
      ${values(`'${tenantId}', source_id, 'stream-' || n, now() + ${dueIn}`)}`);
    await tx.query(`insert into files (tenant_id, id, source_id, content_hash, size, name, media_type, origin, status, received_at, next_attempt_at)
      ${values(`'${tenantId}', '${tenantId}-' || n, source_id, 'hash', 1, 'name', 'application/xml', 'UPLOAD', 'ACCEPTED', now(), now() + ${dueIn}`)}`);
    await tx.query(`insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, event_seq, created_at)
      ${values(`'${tenantId}', '${tenantId}-' || n, source_id, 'INCREMENTAL', 'SCHEDULE', 'QUEUED', 0, now()`)}`);
    await tx.query(`insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at)
      ${values(`'${tenantId}', '${tenantId}-' || n, 'stream-' || n, source_id, 'QUEUED', now() + ${dueIn}`)}`);
  });
}

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly Plans?: readonly Plan[];
}

/** Tables that the last statement reads without an index. */
async function sequentialScans(values: readonly unknown[]): Promise<readonly string[]> {
  const [row] = await store.db.acrossTenants<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(
    `explain (format json) ${statements.at(-1)}`,
    values,
  );
  const scans = ({ Plans = [], ...node }: Plan): string[] => [
    ...(node["Node Type"] === "Seq Scan" ? [node["Relation Name"] ?? ""] : []),
    ...Plans.flatMap(scans),
  ];
  return row === undefined ? ["no plan"] : scans(row["QUERY PLAN"][0].Plan);
}

const kinds: readonly (readonly [string, DueRows])[] = [
  ["deliveries", DUE_DELIVERIES],
  ["refetches", DUE_REFETCHES],
  ["refresh requests", DUE_REFRESH_REQUESTS],
  ["files", DUE_FILES],
];

describe.each(kinds)("sources with due %s", (_name, rows) => {
  const find = async (limit: number, except: readonly string[] = []) =>
    (await dueSources(rows)(db, { limit, except })).subjects;

  test("are found over all tenants, each source once, and none whose work is due later", async () => {
    const found = await find(1_000);
    expect(found).toHaveLength(BIG_SOURCES + 1);
    expect(new Set(found.map(({ key }) => key)).size).toBe(BIG_SOURCES + 1);
    expect(found).toContainEqual(expect.objectContaining({ key: "small", group: "small" }));
  });

  test("are shared over tenants when there are more than the limit (F54)", async () => {
    const found = await find(10);
    expect(found).toHaveLength(10);
    expect(found).toContainEqual(expect.objectContaining({ key: "small", group: "small" }));
  });

  test("do not include those that are left out, so that others are found", async () => {
    const first = await find(10);
    const next = await find(
      10,
      first.map(({ key }) => key),
    );
    expect(next).toHaveLength(10);
    expect(new Set([...first, ...next].map(({ key }) => key)).size).toBe(20);
  });

  test("are found by jumping through an index, however long the backlog is", async () => {
    await store.db.query("select 1");
    await find(100);
    // The few sources of this test may be read as a whole, if their statistics say that this is cheaper: the backlog not.
    const scanned = await sequentialScans([100, []]);
    expect(scanned.filter((table) => table !== "sources")).toEqual([]);
  });
});

describe("due streams", () => {
  test("are shared over tenants, one source cannot hide the others, and an index finds them (F54)", async () => {
    const { streams: found, hasMore } = await findDueStreams(db, 10, []);
    expect(hasMore).toBe(true);
    expect(found).toHaveLength(10);
    expect(found.map(({ sourceId }) => sourceId)).toContain("small");
    expect(await sequentialScans([10, []])).toEqual([]);
    const { streams: without } = await findDueStreams(
      db,
      10,
      found.map(({ sourceId }) => sourceId),
    );
    expect(without.map(({ sourceId }) => sourceId)).not.toContain("small");
    expect(without.length).toBeGreaterThan(0);
  });

  test("that another process reads, or whose source is paused, are not found", async () => {
    const inTenant = (text: string) => store.db.transaction("small", (tx) => tx.query(text));
    const isFound = async () => (await findDueStreams(db, 10, [])).streams.some(({ tenantId }) => tenantId === "small");
    expect(await isFound()).toBe(true);
    await inTenant(`insert into stream_states (tenant_id, source_id, stream, lease_owner, lease_token, lease_until)
      values ('small', 'small', 'stream-1', 'other', 1, now() + interval '1 minute')`);
    expect(await isFound()).toBe(false);
    await inTenant("update stream_states set lease_until = now() - interval '1 second'");
    expect(await isFound()).toBe(true);
    await inTenant("update sources set status = 'PAUSED'");
    expect(await isFound()).toBe(false);
    await inTenant("update sync_runs set cancel_requested = true");
    expect(await isFound()).toBe(true);
  });
});
