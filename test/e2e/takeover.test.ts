import { expect, test } from "@jest/globals";
import { useSandbox } from "../../sandbox/stripe/testing.ts";
import { eventually } from "../helpers/eventually.ts";
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

/** The leased streams, once one of them has stored a page and has more to read. */
function midBackfill(query: Query): Promise<Map<string, string>> {
  return eventually("streams in the middle of a backfill", async () => {
    const partlyRead = await query(
      `select 1 from sluice.sync_run_streams as read join sluice.stream_states as state using (tenant_id, source_id, stream)
       where read.finished_at is null and read.records > 0 and state.lease_until > now()`,
    );
    return partlyRead.length > 0 ? owners(query) : undefined;
  });
}

test.each([
  ["killed", "SIGKILL", "F5"],
  ["frozen for longer than its lease, and then continued", "SIGSTOP", "F6"],
] as const)(
  "streams of a process that is %s are taken over within 15 s, without loss or double effect (%s, %s)",
  async (_what, signal, _fault) => {
    await using stripe = await useSandbox({ payments: 150 });
    await using dataDir = await useReadyDataDir();
    await stripe.control("POST", "faults", { latencyMs: 2_000, path: "/v1/" }); // a backfill of many seconds
    const config = { baseUrl: stripe.url, apiKey: stripe.config.apiKey };
    const env = {
      SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config, { schedule: "1h", requestsPerSecond: 100 }),
      DATA_DIR: dataDir.path,
      PORT: "0",
      LOG_LEVEL: "error",
    };
    // The database is open before the service begins to read: a busy machine would see the end of the backfill alone.
    await withQuery(dataDir.path, async (query) => {
      const first = await startService({ env });
      let second: Service | undefined;
      try {
        const before = await midBackfill(query);
        second = await startService({ env });
        process.kill(first.pid, signal);
        const silentSinceMs = performance.now();
        await stripe.control("DELETE", "faults");
        const stream = [...before.keys()][0] ?? "";
        await eventually(
          "another process to read the stream",
          async () => {
            const leased = await query(
              `select lease_owner as owner, last_success_at as done from sluice.stream_states where stream = '${stream}'`,
            );
            const { owner, done } = leased[0] ?? {};
            return done !== null || (owner !== null && owner !== before.get(stream));
          },
          TAKEOVER_MS,
        );
        expect(performance.now() - silentSinceMs).toBeLessThan(TAKEOVER_MS);
        if (signal === "SIGSTOP") process.kill(first.pid, "SIGCONT"); // its responses arrive now, too late to be written
        await eventually("the backfill to end", async () => {
          const open = await query("select 1 from sluice.sync_runs where finished_at is null");
          return open.length === 0;
        });
        expect(await differences(await readTruth(stripe), query)).toEqual([]);
        expect(await logFaults(query)).toEqual([]);
        const code = signal === "SIGSTOP" ? await first.stop() : 0;
        expect(code).toBe(0);
      } finally {
        await first.kill();
        await second?.kill();
      }
    });
  },
);
