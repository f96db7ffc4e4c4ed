import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hash } from "node:crypto";
import { zstdCompressSync } from "node:zlib";
import { entityId } from "../../../src/domain/ids.ts";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource, minute, paymentRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";

const BODY = `{"data":[{"id":"pi_1","amount":1050}],"note":"${"x".repeat(2_000)}ä"}`;
const HASH = hash("sha256", BODY);
const DELIVERY_BODY = `{"id":"evt_1"}`;
const RUNS = Array.from({ length: 5 }, (_, n) => newOperationId("SyncRun", n));
const DELIVERIES = Array.from({ length: 5 }, (_, n) => newOperationId("Delivery", n));
const [RUN = "", ...OTHER_RUNS] = RUNS;
const [DELIVERY = ""] = DELIVERIES;
const QUARANTINED = newOperationId("QuarantinedRecord", 1);
const FINDING = newOperationId("Finding", 1);
const PAYMENT = entityId("acme", "stripe-main", "Payment", "pi_1");

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
  const place: Place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, [paymentRecord(1), paymentRecord(2)]);
  await graph.database.transaction("acme", addOperations);
});
afterAll(async () => graph[Symbol.asyncDispose]());

async function addOperations(tx: Transaction): Promise<void> {
  const values = [tx.tenantId, "stripe-main"];
  await tx.query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, range_from, range_to, created_at, started_at, event_seq)
     values ($1, $3, $2, 'RANGE', 'REQUEST', 'RUNNING', $4, $5, now(), now(), 0)`,
    [...values, RUN, minute(0), minute(60)],
  );
  await tx.query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, finished_at, event_seq)
     select $1, id, $2, 'INCREMENTAL', 'SCHEDULE', 'SUCCEEDED', now() - n * interval '1 second', now(), 0
     from unnest($3::text[]) with ordinality as made (id, n)`,
    [...values, OTHER_RUNS],
  );
  await tx.query(
    `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, records, changed, quarantined, progress, attempts, next_attempt_at, finished_at)
     values ($1, $3, 'payments', $2, 'RUNNING', 5000000000, 12, 1, 0.5, 2, now(), null), ($1, $3, 'balances', $2, 'FAILED', 0, 0, 0, null, 1, now(), now())`,
    [...values, RUN],
  );
  await tx.query(
    `update sync_run_streams set error_code = 'UPSTREAM_UNAVAILABLE', error_message = 'stripe did not answer' where stream = 'balances'`,
  );
  await tx.query(
    `insert into stream_states (tenant_id, source_id, stream, cursor_at, last_success_at, lease_until)
     values ($1, $2, 'payments', now(), null, now() + interval '1 hour'), ($1, $2, 'balances', null, now(), now() - interval '1 hour')`,
    values,
  );
  await tx.query(
    `with stored as (
       insert into deliveries (tenant_id, id, source_id, delivery_key, event_type, content_hash, received_at, status, attempts, next_attempt_at, finished_at, error_code, error_message)
       select $1, id, $2, 'evt_' || n, 'payment_intent.succeeded', $5, now() - n * interval '1 second',
         case when n = 1 then 'PARKED' else 'APPLIED' end, 3, now(), now(), 'DELIVERY_MALFORMED', 'not understood'
       from unnest($3::text[]) with ordinality as made (id, n) returning *
     )
     insert into delivery_bodies select tenant_id, id, received_at, $4 from stored`,
    [...values, DELIVERIES, Buffer.from(DELIVERY_BODY), hash("sha256", DELIVERY_BODY)],
  );
  await tx.query(
    `insert into raw_payloads (tenant_id, source_id, content_hash, media_type, encoding, bytes, received_at, run_id)
     values ($1, $2, $3, 'application/json', 'zstd', $4, $5, $6)`,
    [...values, HASH, zstdCompressSync(BODY), minute(7), RUN],
  );
  await tx.query("update payments set raw_hash = $1, raw_path = '/data/0' where external_id = 'pi_1'", [HASH]);
  await tx.query("update payments set delivery_id = $1, raw_path = '' where external_id = 'pi_2'", [DELIVERY]);
  await tx.query(
    `insert into quarantined_records (tenant_id, id, source_id, entity_type, entity_id, external_id, code, path, problem, raw_hash, raw_path, run_id, status, occurrences, first_at, last_at)
     values ($1, $3, $2, 'Payment', $4, 'pi_1', 'UPSTREAM_MALFORMED', 'amount', 'must be an integer, got string', $5, '/data/0', $6, 'OPEN', 3, now(), now())`,
    [...values, QUARANTINED, PAYMENT, HASH, RUN],
  );
  await tx.query(
    `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
     values ($1, $3, $2, 'UNKNOWN_VALUE', 'FORMAT_MISMATCH', 'a status that is not known', $4, 'tell us', now())`,
    [...values, FINDING, JSON.stringify({ path: "status", values: ["on_hold"] })],
  );
}

describe("Sluice's own records", () => {
  test("resolve as entities by their ids, and fail without one", async () => {
    const keys = [
      ["SyncRun", RUN],
      ["QuarantinedRecord", QUARANTINED],
      ["Finding", FINDING],
    ].map(([__typename, id]) => ({ __typename, id }));
    const { data, errors } = await graph.query(
      `query ($keys: [_Any!]!) { _entities(representations: $keys) { __typename ... on Node { id } } }`,
      { variables: { keys: [...keys, { __typename: "File", externalId: "x" }, { __typename: "Delivery", id: RUN }] } },
    );
    expect(data._entities).toEqual([...keys, null, null]);
    expect(errors).toMatchObject([
      {
        message: "representations of type File must have id",
        path: ["_entities", 3],
        extensions: { code: "INVALID_INPUT" },
      },
    ]);
  });

  test("a run returns its streams, including counts beyond 32 bits", async () => {
    const { data, errors } = await graph.query(
      `{ syncRun(id: "${RUN}") { mode trigger status range { from to } isCancelRequested source { id } finishedAt
         streams { stream status records changed quarantined progress attempts errorCode errorMessage } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.syncRun).toEqual({
      mode: "RANGE",
      trigger: "REQUEST",
      status: "RUNNING",
      range: { from: minute(0), to: minute(60) },
      isCancelRequested: false,
      source: { id: "stripe-main" },
      finishedAt: null,
      streams: [
        {
          stream: "balances",
          status: "FAILED",
          records: "0",
          changed: "0",
          quarantined: "0",
          progress: null,
          attempts: 1,
          errorCode: "UPSTREAM_UNAVAILABLE",
          errorMessage: "stripe did not answer",
        },
        {
          stream: "payments",
          status: "RUNNING",
          records: "5000000000",
          changed: "12",
          quarantined: "1",
          progress: 0.5,
          attempts: 2,
          errorCode: null,
          errorMessage: null,
        },
      ],
    });
  });

  test("a run that a webhook requested has the trigger WEBHOOK", async () => {
    const [id] = OTHER_RUNS;
    await graph.database.transaction("acme", (tx) =>
      tx.query("update sync_runs set trigger = 'WEBHOOK' where id = $1", [id]),
    );
    expect((await graph.query(`{ syncRun(id: "${id}") { trigger } }`)).data.syncRun).toEqual({ trigger: "WEBHOOK" });
  });

  test("a source returns its streams and whether a worker has a lease on them", async () => {
    const { data } = await graph.query(
      `{ source(id: "stripe-main") { streams { stream isRunning checkpointAt lastSuccessAt } } }`,
    );
    expect(data.source.streams).toMatchObject([
      { stream: "balances", isRunning: false, checkpointAt: null },
      { stream: "payments", isRunning: true, lastSuccessAt: null },
    ]);
  });

  test.each([
    ["syncRuns", "", 5],
    ["syncRuns", "filter: { status: [RUNNING, FAILED] }", 1],
    ["deliveries", "", 5],
    ["deliveries", 'filter: { status: [PARKED], sourceIds: ["stripe-main"] }', 1],
    ["deliveries", "filter: { sourceIds: [] }", 0],
    ["quarantinedRecords", "filter: { entityTypes: [PAYMENT], status: OPEN }", 1],
    ["quarantinedRecords", "filter: { status: RESOLVED }", 0],
    ["findings", "filter: { isOpen: true }", 1],
    ["findings", "filter: { isOpen: false }", 0],
  ])("%s(%s) are listed page by page", async (list, filter, count) => {
    const found = new Set<string>();
    for (let after: string | null = null; ;) {
      const { data, errors } = await graph.query(
        `query ($after: String) { ${list}(first: 2, after: $after ${filter}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { variables: { after } },
      );
      expect(errors).toEqual([]);
      for (const { id } of data[list].nodes) found.add(id);
      if (!data[list].pageInfo.hasNextPage) break;
      after = data[list].pageInfo.endCursor;
    }
    expect(found.size).toBe(count);
  });

  test("a quarantined record returns its fault, its evidence and the object", async () => {
    const { data, errors } = await graph.query(
      `{ node(id: "${QUARANTINED}") { ... on QuarantinedRecord { entityType externalId path problem occurrences status
         entity { __typename ... on Payment { externalId } } run { id } raw { path contentHash body } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.node).toEqual({
      entityType: "PAYMENT",
      externalId: "pi_1",
      path: "amount",
      problem: "must be an integer, got string",
      occurrences: "3",
      status: "OPEN",
      entity: { __typename: "Payment", externalId: "pi_1" },
      run: { id: RUN },
      raw: { path: "/data/0", contentHash: HASH, body: BODY },
    });
  });

  test("a finding returns its evidence", async () => {
    const { data } = await graph.query(
      `{ finding(id: "${FINDING}") { kind cause summary remedy closedAt evidence { name value } source { id } } }`,
    );
    expect(data.finding).toMatchObject({
      cause: "FORMAT_MISMATCH",
      evidence: [
        { name: "path", value: "status" },
        { name: "values", value: `["on_hold"]` },
      ],
      source: { id: "stripe-main" },
    });
  });
});

describe("the field raw", () => {
  const RAW = "raw { contentHash mediaType path receivedAt run { id } delivery { id deliveryKey } body }";

  test("returns the bytes of a list page, as they were received", async () => {
    const { data, errors } = await graph.query(`{ payment(id: "${PAYMENT}") { ${RAW} } }`);
    expect(errors).toEqual([]);
    expect(data.payment.raw).toEqual({
      contentHash: HASH,
      mediaType: "application/json",
      path: "/data/0",
      receivedAt: minute(7),
      run: { id: RUN },
      delivery: null,
      body: BODY,
    });
  });

  test("returns the bytes of a delivery", async () => {
    const { data, errors } = await graph.query(
      `{ payment(id: "${entityId("acme", "stripe-main", "Payment", "pi_2")}") { ${RAW} } }`,
    );
    expect(errors).toEqual([]);
    expect(data.payment.raw).toMatchObject({
      contentHash: hash("sha256", DELIVERY_BODY),
      mediaType: "application/json",
      run: null,
      delivery: { id: DELIVERY, deliveryKey: "evt_1" },
      body: DELIVERY_BODY,
    });
  });

  test("returns the description of the bytes when they are no longer stored", async () => {
    await graph.database.transaction("acme", (tx) =>
      tx.query("update payments set raw_hash = 'gone' where external_id = 'pi_1'"),
    );
    const { data, errors } = await graph.query(`{ payment(id: "${PAYMENT}") { ${RAW} } }`);
    expect(errors).toEqual([]);
    expect(data.payment.raw).toEqual({
      contentHash: "gone",
      mediaType: null,
      path: "/data/0",
      receivedAt: null,
      run: null,
      delivery: null,
      body: null,
    });
  });
});
