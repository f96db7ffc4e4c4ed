import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { logFaults } from "../helpers/log-faults.ts";
import { type Query, withQuery } from "../helpers/service-database.ts";
import { type Service, startService } from "../helpers/service.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { differences, readTruth } from "../helpers/sandbox-truth.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";

/** From a worker's silence until another one reads its streams. */
const TAKEOVER_MS = 15_000;

async function owners(query: Query): Promise<Map<string, string>> {
  const rows = await query(
    "select stream, lease_owner, lease_token from sluice.stream_states where lease_until > now()",
  );
  return new Map(rows.map((row) => [String(row["stream"]), `${String(row["lease_owner"])}`]));
}

/** The leased streams, once one of them has stored a page of the run and has more to read. */
function midRun(query: Query, run: string): Promise<Map<string, string>> {
  return eventually("streams in the middle of a run", async () => {
    const partlyRead = await query(
      `select 1 from sluice.sync_run_streams as read join sluice.stream_states as state using (tenant_id, source_id, stream)
       where read.run_id = '${run}' and read.finished_at is null and read.records > 0 and state.lease_until > now()`,
    );
    return partlyRead.length > 0 ? owners(query) : undefined;
  });
}

const LATENCY = { latencyMs: 2_000, path: "/v1/" }; // a run of many seconds

/** One database, whose second process takes over from the first one, and a third one from the second. */
const opened = new AsyncDisposableStack();
let stripe: TestSandbox;
let dataDir: Awaited<ReturnType<typeof useReadyDataDir>>;
let reading: Service;
let start: () => Promise<Service>;
beforeAll(async () => {
  stripe = opened.use(await useSandbox({ payments: 150 }));
  dataDir = opened.use(await useReadyDataDir());
  await stripe.control("POST", "faults", LATENCY);
  const config = { baseUrl: stripe.url, apiKey: stripe.config.apiKey };
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config, { schedule: "1h", requestsPerSecond: 100 }),
    DATA_DIR: dataDir.path,
    PORT: "0",
    LOG_LEVEL: "error",
  };
  start = async () => {
    const service = await startService({ env });
    opened.defer(() => service.kill());
    return service;
  };
}, 240_000);
afterAll(() => opened.disposeAsync());

/** The backfill that begins with the first process, or then a full run that finds new objects. @returns its id */
async function beginRun(query: Query): Promise<string> {
  if ((await query("select 1 from sluice.sync_runs")).length === 0) {
    reading = await start();
    return await eventually("the backfill", async () => {
      const [run] = await query("select id from sluice.sync_runs");
      return run && String(run["id"]);
    });
  }
  await stripe.control("POST", "activity", { count: 100 });
  await stripe.control("POST", "faults", LATENCY);
  const { data } = await askGraph<{ startSync: { run: { id: string } } }>(
    reading.url,
    'mutation { startSync(input: { sourceId: "stripe-main", mode: FULL }) { run { id } } }',
  );
  return data?.startSync.run.id ?? "";
}

test.each([
  ["frozen for longer than its lease, and then continued", "SIGSTOP", "F6"],
  ["killed", "SIGKILL", "F5"],
] as const)(
  "streams of a process that is %s are taken over within 15 s, without loss or double effect (%s, %s)",
  async (_what, signal, _fault) => {
    // The database is open before the service begins to read: a busy machine would see the end of the run alone.
    await withQuery(dataDir.path, async (query) => {
      const run = await beginRun(query);
      const before = await midRun(query, run);
      const first = reading;
      reading = await start();
      process.kill(first.pid, signal);
      const silentSinceMs = performance.now();
      await stripe.control("DELETE", "faults");
      const stream = [...before.keys()][0] ?? "";
      await eventually(
        "another process to read the stream",
        async () => {
          const leased = await query(
            `select lease_owner as owner, read.finished_at as done
             from sluice.sync_run_streams as read join sluice.stream_states using (tenant_id, source_id, stream)
             where read.run_id = '${run}' and stream = '${stream}'`,
          );
          const { owner, done } = leased[0] ?? {};
          return done !== null || (owner !== null && owner !== before.get(stream));
        },
        TAKEOVER_MS,
      );
      expect(performance.now() - silentSinceMs).toBeLessThan(TAKEOVER_MS);
      if (signal === "SIGSTOP") process.kill(first.pid, "SIGCONT"); // its responses arrive now, too late to be written
      await eventually("the run to end", async () => {
        const open = await query("select 1 from sluice.sync_runs where finished_at is null");
        return open.length === 0;
      });
      const truth = await readTruth(stripe);
      // An object that was observed twice within one second is fetched again.
      const isComplete = async () => (await differences(truth, query)).length === 0;
      await eventually("what was read to be complete", isComplete).catch(() => undefined);
      expect(await differences(truth, query)).toEqual([]);
      expect(await logFaults(query)).toEqual([]);
      const code = signal === "SIGSTOP" ? await first.stop() : 0;
      expect(code).toBe(0);
    });
  },
);
