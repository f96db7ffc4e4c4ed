import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { findingId } from "../../../src/ingest/apply/findings.ts";
import { addDeliveries, idOf } from "../../helpers/delivery-world.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";

const FINDING = findingId("one");
let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Runs SQL as acme. */
const sql = (text: string, values: readonly unknown[] = []) =>
  graph.database.transaction("acme", (tx) => tx.query(text, values));

/** Adds what was measured of a source in one minute. */
async function addMetric(
  sourceId: string,
  name: string,
  minutesAgo: number,
  { count, mean }: { readonly count: number; readonly mean: number },
): Promise<void> {
  await sql(
    `insert into source_metrics (tenant_id, source_id, name, resolution, at, count, sum, max)
     values ('acme', $1, $2, 'MINUTE', date_trunc('minute', now()) - make_interval(mins => $3), $4, $5, 0)`,
    [sourceId, name, minutesAgo, count, count * mean],
  );
}

async function addHealthy(sourceId: string, tenantId = "acme"): Promise<void> {
  await addSource({ database: graph.database, tenantId, sourceId });
}

const DIAGNOSES = `diagnoses { rule cause state stream since sentence expectedRecoveryAt
  evidence { kind id sentence node { id } } remedy { action mutation { name arguments } } }`;

async function healthOf(sourceId: string, tenantId = "acme") {
  const { data, errors } = await graph.query(
    `{ source(id: "${sourceId}") { health { state since cause ${DIAGNOSES} } streams { stream health { state cause } } } }`,
    { headers: { "x-sluice-tenant": tenantId } },
  );
  expect(errors).toEqual([]);
  return data.source;
}

describe("the health of a source", () => {
  test("is in step without a diagnosis, since its last success", async () => {
    await addHealthy("calm");
    const { health } = await healthOf("calm");
    expect(health).toMatchObject({ state: "IN_STEP", cause: null, diagnoses: [] });
    expect(Date.parse(health.since)).toBeLessThanOrEqual(Date.now());
  });

  test("names the deliveries that are parked, and the mutation that replays them", async () => {
    await addHealthy("parked");
    const place = { database: graph.database, tenantId: "acme", sourceId: "parked" };
    await addDeliveries(place, [{ key: "one", status: "PARKED", errorCode: "DELIVERY_MALFORMED" }, { key: "two" }]);
    const { health } = await healthOf("parked");
    const id = idOf(place, "one");
    expect(health).toMatchObject({ state: "OUT_OF_STEP", cause: "WEBHOOK" });
    expect(health.diagnoses).toMatchObject([
      {
        rule: "DELIVERIES_PARKED",
        stream: null,
        sentence: "1 delivery of parked could not be applied: not understood.",
        evidence: [{ kind: "WEBHOOKS" }, { kind: "DELIVERY", id, node: { id } }],
        remedy: { mutation: { name: "replayDelivery", arguments: JSON.stringify({ id }) } },
      },
    ]);
    expect(health.since).toBe(health.diagnoses[0].since);
  });

  test("tells several faults at once apart, the most serious one first", async () => {
    await addHealthy("several");
    const place = { database: graph.database, tenantId: "acme", sourceId: "several" };
    await addDeliveries(place, [{ key: "old", status: "PENDING" }]);
    await sql("update sources set credential = 'several', status = 'NEEDS_CREDENTIALS' where id = 'several'");
    await sql(
      `insert into budget_buckets (credential, bucket, declared, refused_at_ms, closed_until_ms, closed_reason)
       select 'several', 'account', 10, now_ms, now_ms + 60000, 'RETRY_AFTER'
       from (select (extract(epoch from now()) * 1000)::float8 as now_ms) as clock`,
    );
    const { health } = await healthOf("several");
    expect(health.diagnoses.map(({ rule, cause }: Record<string, string>) => [rule, cause])).toEqual([
      ["CREDENTIALS_REFUSED", "ASYNC_BOTTLENECK"],
      ["BUDGET_CLOSED", "RATE_LIMIT"],
      ["DELIVERIES_PENDING", "ASYNC_BOTTLENECK"],
    ]);
    expect(health).toMatchObject({ state: "OUT_OF_STEP", cause: "ASYNC_BOTTLENECK" });
    const closed = health.diagnoses[1];
    expect(Date.parse(closed.expectedRecoveryAt)).toBeGreaterThan(Date.now() + 30_000);
  });

  test("expects the end of a backlog by the rate at which it became less, and none while it grows", async () => {
    for (const sourceId of ["shrinking", "growing"]) {
      await addHealthy(sourceId);
      const place = { database: graph.database, tenantId: "acme", sourceId };
      await addDeliveries(place, [
        { key: "one", status: "PENDING" },
        { key: "two", status: "PENDING" },
      ]);
    }
    await addMetric("shrinking", "DELIVERY_AGE_MS", 4, { count: 90, mean: 500 });
    await addMetric("growing", "DELIVERY_AGE_MS", 4, { count: 90, mean: 500 });
    await sql(
      `insert into webhook_counts (tenant_id, source_id, at, received, duplicates)
       select 'acme', source_id, date_trunc('minute', now()) - interval '4 minutes', received, 20
       from (values ('shrinking', 80), ('growing', 180)) as counts (source_id, received)`,
    );
    const before = Date.now();
    const [shrinking] = (await healthOf("shrinking")).health.diagnoses;
    expect(shrinking.rule).toBe("DELIVERIES_PENDING");
    // 90 applied and 60 new in 300 seconds: two that wait are applied in 20 seconds
    expect(Date.parse(shrinking.expectedRecoveryAt)).toBeGreaterThanOrEqual(before + 19_900);
    expect(Date.parse(shrinking.expectedRecoveryAt)).toBeLessThanOrEqual(Date.now() + 20_100);
    const [growing] = (await healthOf("growing")).health.diagnoses;
    expect(growing).toMatchObject({ rule: "DELIVERIES_PENDING", expectedRecoveryAt: null });
  });

  test("expects the end of the lag of a feed only if it became less", async () => {
    for (const [sourceId, megabytesBefore] of [
      ["draining", 300],
      ["lagging", 90],
    ] as const) {
      await addHealthy(sourceId);
      await sql(
        `insert into change_feeds (tenant_id, source_id, streams, status, via, lag_bytes, lag_ms, lease_owner, lease_until)
         values ('acme', $1, '{payments}', 'FOLLOWING', 'CDC', 100 * 1048576, 40000, 'test', now() + interval '1 hour')`,
        [sourceId],
      );
      await addMetric(sourceId, "FEED_LAG_BYTES", 6, { count: 1, mean: megabytesBefore * 1_048_576 });
    }
    const before = Date.now();
    const [draining] = (await healthOf("draining")).health.diagnoses;
    expect(draining.rule).toBe("FEED_BEHIND");
    // 200 MB less in five to seven minutes: 100 MB take half of that
    expect(Date.parse(draining.expectedRecoveryAt)).toBeGreaterThan(before + 2 * 60_000);
    expect(Date.parse(draining.expectedRecoveryAt)).toBeLessThan(Date.now() + 4 * 60_000);
    const [lagging] = (await healthOf("lagging")).health.diagnoses;
    expect(lagging).toMatchObject({ rule: "FEED_BEHIND", expectedRecoveryAt: null });
  });

  test("concerns a stream alone when only that stream fails", async () => {
    await addHealthy("streams");
    await sql(
      `insert into stream_states (tenant_id, source_id, stream, last_success_at, failed_runs, failing_since, failure_code, failure_reason)
       values ('acme', 'streams', 'payments', now(), 0, null, null, null),
         ('acme', 'streams', 'refunds', now(), 4, now(), 'UPSTREAM_MALFORMED', 'refunds[0].amount must be a number')`,
    );
    const source = await healthOf("streams");
    expect(source.streams).toEqual([
      { stream: "payments", health: { state: "IN_STEP", cause: null } },
      { stream: "refunds", health: { state: "OUT_OF_STEP", cause: "FORMAT_MISMATCH" } },
    ]);
    expect(source.health).toMatchObject({ state: "OUT_OF_STEP", diagnoses: [{ stream: "refunds" }] });
  });

  test("is null for a source that is disconnected", async () => {
    await addHealthy("apart");
    await sql("update sources set disconnected_at = now() where id = 'apart'");
    expect((await healthOf("apart")).health).toBeNull();
  });

  test("is that of its own tenant's source (F94)", async () => {
    await addHealthy("theirs", "umbrella");
    expect(await healthOf("theirs")).toBeNull();
    expect((await healthOf("theirs", "umbrella")).health.state).toBe("IN_STEP");
  });

  test("of all sources takes as many SQL statements as of one", async () => {
    graph.takeStatements();
    await healthOf("several");
    const one = graph.takeStatements().length;
    await graph.query(
      `{ sources(first: 100) { nodes { health { state ${DIAGNOSES} } streams { health { state } } } } }`,
    );
    expect(one).toBeGreaterThan(10);
    expect(graph.takeStatements().length).toBeLessThanOrEqual(one + 1); // the nodes of the evidence
  });
});

describe("the overview", () => {
  test("counts sources by recorded state, and lists the worst ones and the open findings", async () => {
    await sql(
      `insert into source_health (tenant_id, source_id, state, since, cause, rules) values
         ('acme', 'calm', 'IN_STEP', now(), null, '{}'), ('acme', 'parked', 'OUT_OF_STEP', now(), 'WEBHOOK', '{}'),
         ('acme', 'several', 'CATCHING_UP', now(), 'RATE_LIMIT', '{}')`,
    );
    await sql(
      `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
       values ('acme', '${FINDING}', 'calm', 'K', 'WEBHOOK', 's', '{}', 'r', now())`,
    );
    const { data, errors } = await graph.query(
      `{ overview { at sources { state count } worst(first: 5) { id } findings { id }
           throughput { deliveries refused events runs } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.overview).toMatchObject({
      sources: [
        { state: "OUT_OF_STEP", count: 1 },
        { state: "CATCHING_UP", count: 1 },
        { state: "UNKNOWN", count: 5 },
        { state: "IN_STEP", count: 1 },
      ],
      worst: [{ id: "parked" }, { id: "several" }],
      findings: [{ id: FINDING }],
      throughput: { deliveries: "260", refused: "0", events: "0", runs: "0" },
    });
  });

  test("refuses a limit that is too large, naming the argument", async () => {
    const { errors } = await graph.query("{ overview { worst(first: 101) { id } } }");
    expect(errors[0]?.message).toMatch(/worst.first.*between 1 and 100, got 101/);
  });
});
