import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { createBatchSize } from "../../../src/ingest/refetch/batch-size.ts";
import { refetchDue } from "../../../src/ingest/refetch/refetch-due.ts";
import { eventually } from "../../helpers/eventually.ts";
import { differences, readTruth } from "../../helpers/sandbox-truth.ts";
import { startStripe, type StripeProcess } from "../../helpers/stripe-process.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";
import { type WatchedCall, type WatchedStripe, watchStripe } from "../../helpers/watched-stripe.ts";

/** So that the payments have more than 40 pages. */
const PAGE_SIZE = 5;
const PAYMENTS = 40 * PAGE_SIZE;

let stripe: StripeProcess;
let watched: WatchedStripe;
let engines: SyncEngines;
beforeAll(async () => {
  stripe = await startStripe(PAYMENTS, 7);
});
afterAll(async () => {
  await stripe[Symbol.asyncDispose]();
});
beforeEach(async () => {
  engines = await useSyncEngines();
  watched = watchStripe(stripe, { pageSize: PAGE_SIZE });
});
afterEach(async () => {
  await stripe.control("DELETE", "faults");
  await engines[Symbol.asyncDispose]();
  await watched[Symbol.asyncDispose]();
});

const open = () => engines.open(watched.source);
const query = <Row extends Record<string, unknown>>(text: string) => engines.query<Row>(text);
const missing = async () => differences(await readTruth(stripe), (sql) => query(sql));
const count = async (table: string) => Number((await query<{ n: bigint }>(`select count(*) n from ${table}`))[0]?.n);
const CHARGES = { streams: ["charges"] };

/** The answered calls, by the requested page. */
function answers(): ReadonlyMap<string, number> {
  const byUrl = Map.groupBy(watched.calls, ({ url }) => url.search);
  return new Map([...byUrl].map(([url, calls]) => [url, calls.filter(({ outcome }) => outcome === "answered").length]));
}

/** Ranges that were requested: each except the first has an upper bound of its own. */
const rangesRequested = () => new Set(watched.calls.map(({ url }) => url.searchParams.get("created[lt]"))).size;

describe("a first read", () => {
  test("is split among several readers, and needs few calls more than there are pages and ranges", async () => {
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    const charges = await count("payment_attempts");
    const pages = Math.ceil(charges / PAGE_SIZE);
    expect(pages).toBeGreaterThan(40);
    expect(rangesRequested()).toBeGreaterThan(1);
    expect(watched.calls.length).toBeLessThan((pages + rangesRequested()) * 1.3);
    const truth = (await readTruth(stripe)).present.filter(({ table }) => table === "payment_attempts");
    expect(charges).toBe(truth.length);
    expect(await count("stream_ranges")).toBe(0);
  });

  test("has eight calls in flight where the upstream is slow, and reports its progress", async () => {
    const blocked = new Map<WatchedCall, () => void>();
    const inFlight = () => [...blocked].filter(([call]) => call.outcome === "open");
    watched.before = (call) => new Promise((resolve) => void blocked.set(call, resolve));
    const engine = await open();
    const { runId } = await startRun(engine, CHARGES);
    const isOver = async () => (await query("select 1 from sync_runs where finished_at is null")).length === 0;
    const progress: number[] = [];
    const isBetween = (share: number): boolean => share > 0.1 && share < 1;

    /** Changes with each page, also with one without new objects, and with each empty range. */
    async function committed(): Promise<string> {
      const rows = await query(
        "select records, (select count(*) from stream_ranges where status <> 'OPEN') as ended from sync_run_streams",
      );
      return rows.map(({ records, ended }) => `${String(records)} ${String(ended)}`).join();
    }

    /** Answers the call that has waited longest. */
    async function answerOne(): Promise<void> {
      const [call, answer] = await eventually("a call", async () => inFlight()[0] ?? ((await isOver()) && []));
      if (call === undefined) return;
      const before = await committed();
      blocked.delete(call);
      answer?.();
      await eventually("what it held to be committed", async () => {
        if (call.outcome === "failed" || (await isOver())) return true; // its reader had ended before
        return (await committed()) !== before;
      });
      const [row] = await query<{ progress: number | null }>("select progress from sync_run_streams");
      progress.push(row?.progress ?? 0);
    }

    while (inFlight().length < 8) await answerOne();
    expect(watched.calls.length).toBeLessThan(40);
    while (progress.filter(isBetween).length <= 10 && !(await isOver())) await answerOne();
    watched.before = () => undefined;
    for (const answer of blocked.values()) answer();
    expect(await engines.finished(runId)).toBe("SUCCEEDED");
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.filter(isBetween).length).toBeGreaterThan(5);
  });

  test("that is stopped at any moment, while the upstream changes, ends with every object (F6)", async () => {
    await stripe.control("POST", "faults", { latencyMs: 60, path: "/v1/" });
    const stored = async () => (await count("payments")) + (await count("ledger_entries"));
    const isOver = async () => (await query("select 1 from sync_runs where finished_at is null")).length === 0;
    let engine = await open();
    await startRun(engine);
    let stops = 0;
    for (; !(await isOver()); stops += 1) {
      const more = (await stored()) + 20 + ((stops * 7_919) % 60); // differs from stop to stop, the same in each run
      await eventually("more to be stored", async () => (await stored()) > more || (await isOver()));
      await stripe.control("POST", "activity", { count: 25 });
      if (stops % 2 === 0) await engine.close();
      else await freeze(); // it continues to read, and its writes must be refused
      engine = await open();
    }
    expect(stops).toBeGreaterThan(2);
    await stripe.control("DELETE", "faults");
    expect(await engines.finished((await startRun(engine)).runId)).toBe("SUCCEEDED");
    await resolveConflicts();
    expect(await missing()).toEqual([]);
    expect(await count("stream_ranges")).toBe(0);
  });
});

/** The effect of a process that is suspended for longer than its leases, seen from the database. */
async function freeze(): Promise<void> {
  await query("update stream_states set lease_until = now() - interval '1 second' where lease_until is not null");
}

/** Objects that were observed twice within one second are fetched again; no refetcher runs here. */
async function resolveConflicts(): Promise<void> {
  const { signal } = new AbortController();
  const { source } = watched;
  const work = { db: engines.store.db, source, owner: "the test", random: () => 0, size: createBatchSize(), signal };
  while ((await refetchDue(work)) > 0);
}

describe("a range that cannot be read", () => {
  test("loses nothing, and costs the others at most their current page", async () => {
    const poisoned = new Set<string>();
    let failures = 0;
    watched.before = ({ url }) => {
      const range = url.searchParams.get("created[lt]");
      if (range !== null && poisoned.size === 0) poisoned.add(range);
      if (range === null || !poisoned.has(range) || failures === 3) return;
      failures += 1;
      throw new ServiceError("UPSTREAM_RATE_LIMITED", "the upstream's limit is reached");
    };
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    expect(failures).toBe(3);
    const repeated = [...answers().values()].filter((times) => times > 1).length;
    expect(repeated).toBeLessThanOrEqual(failures * 8);
    const truth = (await readTruth(stripe)).present.filter(({ table }) => table === "payment_attempts");
    expect(await count("payment_attempts")).toBe(truth.length);
  });

  test.each([
    { rate429: { probability: 0.2, count: 60 } },
    { burst429: 30 },
    { latencyMs: { probability: 0.1, value: 300 } },
  ])("because of %j, loses nothing", async (fault) => {
    await stripe.control("POST", "faults", { ...fault, path: "/v1/" });
    const engine = await open();
    expect(await engines.finished((await startRun(engine, { ...CHARGES, mode: "FULL" })).runId)).toBe("SUCCEEDED");
    expect((await missing()).filter((line) => line.startsWith("payment_attempts "))).toEqual([]);
    expect(await count("payment_attempts")).toBeGreaterThan(PAYMENTS / 2);
  });
});

describe("a started walk", () => {
  const rangesOf = () => query<{ run_id: string }>("select distinct run_id from stream_ranges");

  /** Reads until it has ranges, and stops. */
  async function begin(mode: "INCREMENTAL" | "FULL"): Promise<string> {
    const engine = await open();
    const gate = Promise.withResolvers<void>();
    watched.before = ({ url }) => (url.searchParams.has("created[lt]") ? gate.promise : undefined);
    const { runId } = await startRun(engine, { ...CHARGES, mode });
    await eventually("a second range", async () => (await count("stream_ranges")) > 1);
    await engine.close();
    watched.before = () => undefined;
    return runId;
  }

  test("of an incremental run belongs to the stream, and the next run continues it", async () => {
    const runId = await begin("INCREMENTAL");
    expect(await rangesOf()).toEqual([{ run_id: "" }]);
    await query(`update sync_runs set status = 'FAILED', finished_at = now() where id = '${runId}'`);
    await query("update sync_run_streams set status = 'FAILED', finished_at = now()");
    const before = watched.calls.length;
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    const firstPages = watched.calls
      .slice(before)
      .filter(({ url }) => url.pathname === "/v1/charges" && !url.searchParams.has("starting_after"));
    expect(firstPages.length).toBeGreaterThan(0);
    expect(firstPages.every(({ url }) => url.searchParams.has("created[lt]"))).toBe(true); // the newest range continued in its middle
    expect(await missingCharges()).toBe(0);
  });

  test.each(["INCREMENTAL", "FULL"] as const)(
    "of an %s run does not end before the changes since its start are read",
    async (mode) => {
      const runId = await begin(mode);
      await stripe.control("POST", "activity", { count: 50 }); // before its last position
      await open();
      expect(await engines.finished(runId)).toBe("SUCCEEDED");
      await resolveConflicts();
      const charges = (await missing()).filter((line) => line.startsWith("payment_attempts "));
      expect(charges).toEqual([]);
      expect(await missingCharges()).toBe(0);
      expect(await rangesOf()).toEqual([]);
    },
  );

  test("of an incremental run is dropped when a full one has read everything", async () => {
    const runId = await begin("INCREMENTAL");
    const engine = await open();
    await engine.cancelSync(TENANT, runId);
    expect(await engines.finished(runId)).toBe("CANCELED");
    expect(await rangesOf()).toEqual([{ run_id: "" }]);
    expect(await engines.finished((await startRun(engine, { ...CHARGES, mode: "FULL" })).runId)).toBe("SUCCEEDED");
    expect(await rangesOf()).toEqual([]);
    expect(await missingCharges()).toBe(0);
  });

  test("of a version with unreadable cursors starts over", async () => {
    await begin("INCREMENTAL");
    await query(`update stream_ranges set cursor = '{"phase": "unheard of"}' where range_id = 0`);
    const engine = await open();
    await eventually("the run to end", async () => {
      return (
        (await query("select 1 from sync_runs where status = 'SUCCEEDED'")).length > 0 && engine.activeStreams() === 0
      );
    });
    expect(await missingCharges()).toBe(0);
    expect(await rangesOf()).toEqual([]);
  });

  test("of a full run belongs to the run, and is deleted when it is canceled", async () => {
    const runId = await begin("FULL");
    expect(await rangesOf()).toEqual([{ run_id: runId }]);
    const engine = await open();
    await engine.cancelSync(TENANT, runId);
    expect(await engines.finished(runId)).toBe("CANCELED");
    expect(await rangesOf()).toEqual([]);
  });

  test("of an earlier version, with one cursor, continues there", async () => {
    const charges = (await readTruth(stripe)).present.filter(({ table }) => table === "payment_attempts");
    const half = Math.floor(charges.length / 2); // events are sent oldest first
    await query(
      `insert into stream_states (tenant_id, source_id, stream, cursor) values ('${TENANT}', 'main', 'charges',
         '{"phase": "backfill", "since": 1, "after": "${charges[half]?.externalId}"}')`,
    );
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    expect(await count("payment_attempts")).toBe(half);
    expect(await query("select cursor from stream_states")).toEqual([{ cursor: { phase: "incremental", since: 1 } }]);
  });

  test("that is older than the upstream's change history becomes a full walk, in the backfill's lane and in ranges", async () => {
    await query(
      `insert into stream_states (tenant_id, source_id, stream, cursor) values ('${TENANT}', 'main', 'charges',
         '{"phase": "incremental", "since": 1}')`,
    );
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    const incremental = watched.calls.filter(({ lane }) => lane === "incremental");
    expect(incremental[0]?.url.pathname).toBe("/v1/events");
    expect(incremental.length).toBeLessThanOrEqual(4); // whether there are events, and two pages before the walk reports anything
    expect(watched.calls.length).toBeGreaterThan(40);
    expect(rangesRequested()).toBeGreaterThan(1);
    expect(await missingCharges()).toBe(0);
  });

  async function missingCharges(): Promise<number> {
    const truth = (await readTruth(stripe)).present.filter(({ table }) => table === "payment_attempts");
    return truth.length - (await count("payment_attempts"));
  }
});

test("a run over a period is split too, and reads nothing else", async () => {
  const nowMs = Date.now();
  const day = (ago: number) => new Date(nowMs - ago * 86_400_000).toISOString();
  const engine = await open();
  const range = { from: day(60), to: day(10) };
  expect(await engines.finished((await startRun(engine, { ...CHARGES, mode: "RANGE", range })).runId)).toBe(
    "SUCCEEDED",
  );
  expect(rangesRequested()).toBeGreaterThan(1);
  const outside = `select 1 from payment_attempts where created_at < '${range.from}' or created_at >= '${range.to}'`;
  expect(await query(outside)).toEqual([]);
  expect(await count("payment_attempts")).toBeGreaterThan(PAYMENTS / 3);
  expect(await query("select cursor from stream_states")).toEqual([{ cursor: null }]);
});
