import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { evaluateTenant } from "../../../src/diagnosis/health-watch.ts";
import { findMetrics } from "../../../src/graph/queries/find-metrics.ts";
import { startProcessWatch } from "../../../src/statistics/process-states.ts";
import { metricRetention } from "../../../src/statistics/retention.ts";
import { createSeries } from "../../../src/statistics/series.ts";
import { startStatisticsWriter } from "../../../src/statistics/statistics-writer.ts";
import { writeSeries } from "../../../src/statistics/write-series.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { plansOfWork } from "../../helpers/plans.ts";

const MINUTE = 60_000;
const log = pino({ level: "silent" });
const at = (minutesAgo: number): string => new Date(Date.now() - minutesAgo * MINUTE).toISOString();

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
  for (const sourceId of ["main", "other"]) await addSource({ database: graph.database, tenantId: "acme", sourceId });
});
afterAll(async () => graph[Symbol.asyncDispose]());

const sql = (text: string, values: readonly unknown[] = []) =>
  graph.database.transaction("acme", (tx) => tx.query(text, values));

/** Writes what a process has collected in these minutes. */
async function write(
  values: readonly (readonly [minutesAgo: number, name: "CALLS" | "CALL_DURATION_MS", value: number])[],
) {
  let nowMs = 0;
  const series = createSeries(() => nowMs);
  for (const [minutesAgo, name, value] of values) {
    nowMs = Date.now() - minutesAgo * MINUTE;
    series.add("acme", "main", name, value);
  }
  await graph.database.transaction("acme", (tx) => writeSeries(tx, series.take().get("acme") ?? []));
}

async function metrics(text: string, tenantId = "acme") {
  const answer = await graph.query(
    `{ metrics(sourceId: "main", ${text}) { name step points { at count mean max p50 p95 p99 } } }`,
    { headers: { "x-sluice-tenant": tenantId } },
  );
  return { series: answer.data?.metrics, errors: answer.errors };
}

describe("the metrics of a source", () => {
  test("are added up over processes, minutes and hours, with quantiles of measured values", async () => {
    await write([
      [10, "CALLS", 3],
      [10, "CALL_DURATION_MS", 100],
      [5, "CALLS", 1],
    ]);
    await write([
      [10, "CALLS", 4],
      [10, "CALL_DURATION_MS", 300],
    ]);
    const { series, errors } = await metrics(`names: [CALLS, CALL_DURATION_MS], from: "${at(60)}", step: 60`);
    expect(errors).toEqual([]);
    expect(series).toMatchObject([
      { name: "CALLS", step: 60, points: [{ count: "7", mean: null, p50: null }, { count: "1" }] },
      { name: "CALL_DURATION_MS", points: [{ count: "2", mean: 200, max: 300, p99: 300 }] },
    ]);
    const [point] = series[1].points;
    expect(point.p50).toBeGreaterThanOrEqual(100);
    expect(point.p50).toBeLessThanOrEqual(150);
    const hours = await metrics(`names: [CALLS], from: "${at(180)}", to: "${at(-60)}", step: 3600`);
    const counts: readonly { count: string }[] = hours.series[0].points;
    expect(counts.reduce((sum, { count }) => sum + Number(count), 0)).toBe(8);
  });

  test("of webhooks are those that the inbox counts", async () => {
    await sql(
      `insert into webhook_counts (tenant_id, source_id, at, received, refused)
       values ('acme', 'main', date_trunc('minute', now() - interval '3 minutes'), 5, 2)`,
    );
    const { series } = await metrics(`names: [DELIVERIES_REFUSED, DELIVERIES], from: "${at(60)}"`);
    expect(series).toMatchObject([
      { name: "DELIVERIES_REFUSED", points: [{ count: "2" }] },
      { name: "DELIVERIES", points: [{ count: "5" }] },
    ]);
  });

  test("of events are counted once, by the evaluation of the tenant", async () => {
    await sql(
      `insert into events (tenant_id, seq, at, source_id, kind, data)
       select 'acme', n, now(), 'main', 'K', '{}' from generate_series(1, 40) n`,
    );
    const due = { tenantId: "acme", isComplete: false };
    const { signal } = new AbortController();
    await evaluateTenant(graph.database, { ...due, after: 0n, through: 30n }, signal);
    await evaluateTenant(graph.database, { ...due, after: 30n, through: 40n }, signal);
    const { series } = await metrics(`names: [EVENTS], from: "${at(60)}", to: "${at(-60)}"`);
    const points: readonly { count: string }[] = series[0].points;
    expect(points.reduce((sum, { count }) => sum + Number(count), 0)).toBe(40);
  });

  test("are those of its own tenant (F94)", async () => {
    const { series } = await metrics(`names: [CALLS], from: "${at(60)}"`, "umbrella");
    expect(series).toEqual([{ name: "CALLS", step: 60, points: [] }]);
  });

  test.each([
    [`names: [CALLS], from: "${at(60)}", step: 61`, /step.*multiple of 60 seconds, got 61/],
    [`names: [CALLS], from: "${at(60)}", step: 0`, /step.*multiple of 60 seconds, got 0/],
    [`names: [CALLS], from: "${at(60)}", to: "${at(61)}"`, /to.*must be later than/],
    [`names: [CALLS], from: "${at(3_000)}"`, /step.*at most 1500 periods.*got 300\d/],
  ])("of %s are refused, naming the argument", async (text, message) => {
    expect((await metrics(text)).errors[0]?.message).toMatch(message);
  });

  test("are read by their key", async () => {
    const request = { sourceId: "main", names: ["CALLS"], from: at(60), to: at(0), stepSeconds: 60 } as const;
    const plans = await plansOfWork({ db: graph.database, connection: graph.connection } as never, (tx) =>
      findMetrics(tx, request),
    );
    const nodes = plans.map((plan) => `${plan["Node Type"]} ${plan["Index Name"] ?? ""}`);
    expect(nodes.some((node) => node.includes("source_metrics_pkey"))).toBe(true);
    expect(nodes.filter((node) => node.startsWith("Seq Scan"))).toEqual([]);
  });

  test("are deleted by their age: minutes after two days, hours after 90", async () => {
    await sql("delete from source_metrics");
    for (const days of [1, 3, 89, 91]) await write([[days * 1_440, "CALLS", 1]]);
    await graph.database.transaction("acme", (tx) =>
      metricRetention.deleteBatch(tx, { days: 90, after: undefined, limit: undefined }),
    );
    const kept = await sql("select resolution, count(*)::int as count from source_metrics group by 1 order by 1");
    expect(kept).toEqual([
      { resolution: "HOUR", count: 3 },
      { resolution: "MINUTE", count: 1 },
    ]);
  });
});

test("the collected metrics are stored when the process ends", async () => {
  const series = createSeries(Date.now);
  series.add("acme", "other", "CALLS", 9);
  const shared = { db: graph.database, log, random: Math.random };
  const writer = startStatisticsWriter({
    ...shared,
    series,
    sample: () => series.add("acme", "other", "FEED_LAG_MS", 1_000),
    everyMs: 3_600_000,
  });
  series.add("acme", "other", "CALLS", 1);
  await writer.close(5_000);
  const rows = await sql(
    "select name, sum(sum) as sum from source_metrics where source_id = 'other' and resolution = 'HOUR' group by 1 order by 1",
  );
  expect(rows).toMatchObject([{ name: "CALLS", sum: 10 }, { name: "FEED_LAG_MS" }]);
});

test("an event loop that was blocked for seconds is diagnosed for the sources with work in progress, until it has not been for two minutes (F113, PROCESS_STALLED)", async () => {
  await sql(
    `insert into refetches (tenant_id, id, source_id, entity_type, external_id, next_attempt_at)
     values ('acme', 'ref_1', 'main', 'Payment', 'p', now())`,
  );
  const watch = startProcessWatch({
    db: graph.database,
    processId: "test-process",
    log,
    random: () => 0.5,
    everyMs: 200,
  });
  try {
    const health = (sourceId: string) =>
      graph.query(`{ source(id: "${sourceId}") { health { state cause diagnoses { rule evidence { kind id } } } } }`);
    await eventually("the first report", async () => (await sql("select 1 from process_states")).at(0));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500); // as too much synchronous work does
    const { data } = await eventually("the diagnosis", async () => {
      const answer = await health("main");
      return answer.data.source.health.state !== "IN_STEP" && answer;
    });
    expect(data.source.health).toEqual({
      state: "CATCHING_UP",
      cause: "ASYNC_BOTTLENECK",
      diagnoses: [{ rule: "PROCESS_STALLED", evidence: [{ kind: "PROCESS", id: "test-process" }] }],
    });
    expect((await health("other")).data.source.health).toMatchObject({ state: "IN_STEP" });
    // Two minutes pass, in which the process reports as before: work in progress is late no longer.
    const [before] = await sql(
      "update process_states set stalled_at = stalled_at - interval '2 minutes' returning seen_at::text as seen, stalled_at::text as stalled",
    );
    await eventually("the next report", async () => {
      const [state] = await sql(
        "select seen_at > $1::timestamptz as later, stalled_at::text as stalled from process_states",
        [before?.["seen"]],
      );
      return state?.["later"] === true && state["stalled"] === before?.["stalled"];
    });
    expect((await health("main")).data.source.health).toEqual({ state: "IN_STEP", cause: null, diagnoses: [] });
  } finally {
    await watch.close(5_000);
  }
});
