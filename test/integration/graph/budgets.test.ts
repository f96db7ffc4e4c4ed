import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Database } from "../../../src/store/database.ts";
import { announceClosure } from "../../../src/ingest/polling/announce-closure.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";

/** Two tenants that use one credential of an upstream with unknown limits. */
let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
  for (const [tenantId, sourceId] of SOURCES) {
    await addSource({ database: graph.database, tenantId, sourceId });
    await graph.database.transaction(tenantId, (tx) =>
      tx.query("update sources set credential = 'scripted' where id = $1", [sourceId]),
    );
  }
  await graph.database.query(
    `insert into budget_buckets (credential, bucket, rate_at_ms, replicas)
     select 'scripted', 'concurrency', 1, jsonb_build_object('one', jsonb_build_object(
       'seen_ms', extract(epoch from now()) * 1000, 'calls', 3, 'wanted', 3, 'granted', 4))
     union all select 'scripted', 'made and not yet used', 0, '{}'`,
  );
});
afterAll(async () => graph[Symbol.asyncDispose]());

const SOURCES = [
  ["acme", "acme-bank"],
  ["umbrella", "umbrella-bank"],
] as const;
const as = (tenantId: string) => ({ headers: { "x-sluice-tenant": tenantId } });

test("a shared budget is visible in each tenant's own source, and in no other's (F94)", async () => {
  const query = `{ own: sources { nodes { id budgets { bucket limit current inUse } } }
    a: source(id: "acme-bank") { id budgets { bucket } } b: source(id: "umbrella-bank") { id budgets { bucket } } }`;
  const budget = { bucket: "concurrency", limit: null, current: 4, inUse: 3 };
  const acme = await graph.query(query, as("acme"));
  expect(acme.errors).toEqual([]);
  expect(acme.data).toMatchObject({ own: { nodes: [{ id: "acme-bank", budgets: [budget] }] }, b: null });
  const umbrella = await graph.query(query, as("umbrella"));
  expect(umbrella.data).toMatchObject({ own: { nodes: [{ id: "umbrella-bank", budgets: [budget] }] }, a: null });
});

test("the closure of a shared budget is announced to each tenant, also when one announcement fails", async () => {
  const failing: Database = {
    ...graph.database,
    transaction: (tenantId, work) =>
      tenantId === "acme" ? Promise.reject(new Error("deadlock")) : graph.database.transaction(tenantId, work),
  };
  const closure = { bucket: "calls", reason: "RETRY_AFTER", untilEpochMs: 4_000_000_000_000, isNew: true } as const;
  const events = async (tenantId: string) =>
    graph.database.read(tenantId, (tx) => tx.query("select source_id, data->>'bucket' as bucket from events"));
  await expect(announceClosure(failing, "scripted", closure)).rejects.toThrow("deadlock");
  expect(await events("umbrella")).toEqual([{ source_id: "umbrella-bank", bucket: "calls" }]);
  await announceClosure(graph.database, "scripted", closure);
  expect(await events("acme")).toEqual([{ source_id: "acme-bank", bucket: "calls" }]);
});
