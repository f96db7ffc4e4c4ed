import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { createBatchSize } from "../../../src/sync/refetch/batch-size.ts";
import { refetchDue } from "../../../src/sync/refetch/refetch-due.ts";
import { eventually } from "../../helpers/eventually.ts";
import { differences, readTruth } from "../../helpers/sandbox-truth.ts";
import { startStripe, type StripeProcess } from "../../helpers/stripe-process.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";
import { type WatchedCall, type WatchedStripe, watchStripe } from "../../helpers/watched-stripe.ts";

const PAYMENTS = 4_000;

let stripe: StripeProcess;
let watched: WatchedStripe;
let engines: SyncEngines;
beforeAll(async () => {
  stripe = await startStripe(PAYMENTS, 7);
}, 60_000);
afterAll(async () => {
  await stripe[Symbol.asyncDispose]();
});
beforeEach(async () => {
  engines = await useSyncEngines();
  watched = watchStripe(stripe);
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

/** The calls that answered, by what they asked for. */
function answers(): ReadonlyMap<string, number> {
  const byUrl = Map.groupBy(watched.calls, ({ url }) => url.search);
  return new Map([...byUrl].map(([url, calls]) => [url, calls.filter(({ outcome }) => outcome === "answered").length]));
}

/** Ranges that were asked for: each but the first has an upper bound of its own. */
const rangesAsked = () => new Set(watched.calls.map(({ url }) => url.searchParams.get("created[lt]"))).size;

describe("a first read", () => {
  test("is shared by several readers, and makes few calls more than there are pages and ranges", async () => {
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    const charges = await count("payment_attempts");
    const pages = Math.ceil(charges / 100);
    expect(pages).toBeGreaterThan(40);
    expect(rangesAsked()).toBeGreaterThan(1);
    expect(watched.calls.length).toBeLessThan((pages + rangesAsked()) * 1.3);
    const truth = (await readTruth(stripe)).present.filter(({ table }) => table === "payment_attempts");
    expect(charges).toBe(truth.length);
    expect(await count("stream_ranges")).toBe(0);
  }, 60_000);

  test("has eight calls in flight where the upstream is slow, and says how far it is", async () => {
    const held = new Map<WatchedCall, () => void>();
    const inFlight = () => [...held].filter(([call]) => call.outcome === "open");
    watched.before = (call) => new Promise((resolve) => void held.set(call, resolve));
    const engine = await open();
    const { runId } = await startRun(engine, CHARGES);
    const isOver = async () => (await query("select 1 from sync_runs where finished_at is null")).length === 0;
    const progress: number[] = [];

    /** Changes with each page, also with one of which all was known, and with each empty range. */
    async function committed(): Promise<string> {
      const rows = await query(
        "select records, (select count(*) from stream_ranges where status <> 'OPEN') as ended from sync_run_streams",
      );
      return rows.map(({ records, ended }) => `${String(records)} ${String(ended)}`).join();
    }

    /** Answers the call that waits longest. */
    async function answerOne(): Promise<void> {
      const [call, answer] = await eventually("a call", async () => inFlight()[0] ?? ((await isOver()) && []));
      if (call === undefined) return;
      const before = await committed();
      held.delete(call);
      answer?.();
      await eventually("what it held to be committed", async () => {
        if (call.outcome === "failed" || (await isOver())) return true; // its reader had come to its end before
        return (await committed()) !== before;
      });
      const [row] = await query<{ progress: number | null }>("select progress from sync_run_streams");
      progress.push(row?.progress ?? 0);
    }

    while (inFlight().length < 8) await answerOne();
    expect(watched.calls.length).toBeLessThan(40);
    while (!(await isOver())) await answerOne();
    expect(await engines.finished(runId)).toBe("SUCCEEDED");
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.filter((share) => share > 0.1 && share < 1).length).toBeGreaterThan(5);
  }, 60_000);

  test("that is stopped at any moment, while the upstream changes, ends with everything (F6)", async () => {
    await stripe.control("POST", "faults", { latencyMs: 20, path: "/v1/" });
    const stored = async () => (await count("payments")) + (await count("ledger_entries"));
    const isOver = async () => (await query("select 1 from sync_runs where finished_at is null")).length === 0;
    let engine = await open();
    await startRun(engine);
    let stops = 0;
    for (; !(await isOver()); stops += 1) {
      const more = (await stored()) + 200 + ((stops * 7_919) % 700); // differs from stop to stop, the same in each run
      await eventually("more to be stored", async () => (await stored()) > more || (await isOver()));
      await stripe.control("POST", "activity", { count: 25 });
      if (stops % 2 === 0) await engine.close();
      else await freeze(); // it goes on reading, and must not be let write any more
      engine = await open();
    }
    expect(stops).toBeGreaterThan(2);
    await stripe.control("DELETE", "faults");
    expect(await engines.finished((await startRun(engine)).runId)).toBe("SUCCEEDED");
    await settleDoubts();
    expect(await missing()).toEqual([]);
    expect(await count("stream_ranges")).toBe(0);
  }, 120_000);
});

/** What a process that stands still for longer than its leases looks like from the store. */
async function freeze(): Promise<void> {
  await query("update stream_states set lease_until = now() - interval '1 second' where lease_until is not null");
}

/** What was seen twice within one second is asked for again; nobody does that here by himself. */
async function settleDoubts(): Promise<void> {
  const { signal } = new AbortController();
  const { source } = watched;
  const work = { db: engines.store.db, source, owner: "the test", random: () => 0, size: createBatchSize(), signal };
  while ((await refetchDue(work)) > 0);
}

describe("a range that can't be read", () => {
  test("loses nothing, and costs the others at most the page that they were at", async () => {
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
  }, 60_000);

  test.each([
    { rate429: { probability: 0.2, count: 60 } },
    { burst429: 30 },
    { latencyMs: { probability: 0.1, value: 300 } },
  ])(
    "because of %j, loses nothing",
    async (fault) => {
      await stripe.control("POST", "faults", { ...fault, path: "/v1/" });
      const engine = await open();
      expect(await engines.finished((await startRun(engine, { mode: "FULL" })).runId)).toBe("SUCCEEDED");
      expect(await missing()).toEqual([]);
    },
    60_000,
  );
});

describe("what was begun", () => {
  const rangesOf = () => query<{ run_id: string }>("select distinct run_id from stream_ranges");

  /** Reads until there are ranges of it, and stops. */
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

  test("by an incremental run is the stream's, and the next run goes on with it", async () => {
    const runId = await begin("INCREMENTAL");
    expect(await rangesOf()).toEqual([{ run_id: "" }]);
    await query(`update sync_runs set status = 'FAILED', finished_at = now() where id = '${runId}'`);
    await query("update sync_run_streams set status = 'FAILED'");
    const before = watched.calls.length;
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    const firstPages = watched.calls
      .slice(before)
      .filter(({ url }) => url.pathname === "/v1/charges" && !url.searchParams.has("starting_after"));
    expect(firstPages.length).toBeGreaterThan(0);
    expect(firstPages.every(({ url }) => url.searchParams.has("created[lt]"))).toBe(true); // the newest went on in its middle
    expect(await missingCharges()).toBe(0);
  }, 60_000);

  test.each(["INCREMENTAL", "FULL"] as const)(
    "by an %s run does not end before what has changed in the meantime is read",
    async (mode) => {
      const runId = await begin(mode);
      await stripe.control("POST", "activity", { count: 50 }); // in front of where it stopped
      await open();
      expect(await engines.finished(runId)).toBe("SUCCEEDED");
      await settleDoubts();
      const charges = (await missing()).filter((line) => line.startsWith("payment_attempts "));
      expect(charges).toEqual([]);
      expect(await missingCharges()).toBe(0);
      expect(await rangesOf()).toEqual([]);
    },
    60_000,
  );

  test("by an incremental run is forgotten when a full one has read everything", async () => {
    const runId = await begin("INCREMENTAL");
    const engine = await open();
    await engine.cancelSync(TENANT, runId);
    expect(await engines.finished(runId)).toBe("CANCELED");
    expect(await rangesOf()).toEqual([{ run_id: "" }]);
    expect(await engines.finished((await startRun(engine, { ...CHARGES, mode: "FULL" })).runId)).toBe("SUCCEEDED");
    expect(await rangesOf()).toEqual([]);
    expect(await missingCharges()).toBe(0);
  }, 60_000);

  test("by a version whose cursors are not understood begins anew", async () => {
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
  }, 60_000);

  test("by a full run is the run's own, and gone when it is canceled", async () => {
    const runId = await begin("FULL");
    expect(await rangesOf()).toEqual([{ run_id: runId }]);
    const engine = await open();
    await engine.cancelSync(TENANT, runId);
    expect(await engines.finished(runId)).toBe("CANCELED");
    expect(await rangesOf()).toEqual([]);
  }, 60_000);

  test("by an earlier version, with one cursor, goes on there", async () => {
    const charges = (await readTruth(stripe)).present.filter(({ table }) => table === "payment_attempts");
    const half = Math.floor(charges.length / 2); // the truth is told oldest first
    await query(
      `insert into stream_states (tenant_id, source_id, stream, cursor) values ('${TENANT}', 'main', 'charges',
         '{"phase": "backfill", "since": 1, "after": "${charges[half]?.externalId}"}')`,
    );
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    expect(await count("payment_attempts")).toBe(half);
    expect(await query("select cursor from stream_states")).toEqual([{ cursor: { phase: "incremental", since: 1 } }]);
  }, 60_000);

  test("so long ago that the upstream has forgotten what changed since is a walk, in the backfill's lane and in ranges", async () => {
    await query(
      `insert into stream_states (tenant_id, source_id, stream, cursor) values ('${TENANT}', 'main', 'charges',
         '{"phase": "incremental", "since": 1}')`,
    );
    const engine = await open();
    expect(await engines.finished((await startRun(engine, CHARGES)).runId)).toBe("SUCCEEDED");
    const hurried = watched.calls.filter(({ lane }) => lane === "incremental");
    expect(hurried[0]?.url.pathname).toBe("/v1/events");
    expect(hurried.length).toBeLessThanOrEqual(4); // whether there are events, and two pages ahead of the walk's first word
    expect(watched.calls.length).toBeGreaterThan(40);
    expect(rangesAsked()).toBeGreaterThan(1);
    expect(await missingCharges()).toBe(0);
  }, 60_000);

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
  expect(rangesAsked()).toBeGreaterThan(1);
  const outside = `select 1 from payment_attempts where created_at < '${range.from}' or created_at >= '${range.to}'`;
  expect(await query(outside)).toEqual([]);
  expect(await count("payment_attempts")).toBeGreaterThan(PAYMENTS / 3);
  expect(await query("select cursor from stream_states")).toEqual([{ cursor: null }]);
}, 60_000);
