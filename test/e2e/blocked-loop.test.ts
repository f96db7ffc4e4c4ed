import { expect, test } from "@jest/globals";
import { eventually } from "../helpers/eventually.ts";
import { logFaults } from "../helpers/log-faults.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { differences, readTruth } from "../helpers/sandbox-truth.ts";
import { withQuery } from "../helpers/service-database.ts";
import { type Service, startService } from "../helpers/service.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { startStripe } from "../helpers/stripe-process.ts";

const PRELOAD = `--import=${new URL("../helpers/block-loop.ts", import.meta.url).href}`;

const readiness = async ({ url }: Service): Promise<number> => (await fetch(`${url}/readyz`)).status;

// A block that is longer than a lease is what takeover.test.ts shows by SIGSTOP (F6): the lease is lost, and late writes
// are refused.
test("a replica whose event loop is blocked for 5 s keeps its leases and is ready again; another one is ready throughout (F113)", async () => {
  await using stripe = await startStripe(400);
  await using dataDir = await useReadyDataDir();
  await stripe.control("POST", "faults", { latencyMs: 8_000, path: "/v1/" }); // the backfill does not end meanwhile
  const config = { baseUrl: stripe.url, apiKey: stripe.apiKey };
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config, { schedule: "1h", requestsPerSecond: 100 }),
    DATA_DIR: dataDir.path,
    PORT: "0",
    LOG_LEVEL: "error",
  };
  const blocked = await startService({ env: { ...env, NODE_OPTIONS: PRELOAD, BLOCK_LOOP_MS: "5000" } });
  let other: Service | undefined;
  try {
    await withQuery(dataDir.path, async (query) => {
      await eventually("streams that are read", async () => {
        const leased = await query("select 1 from sluice.stream_states where lease_until > now()");
        return leased.length > 0;
      });
      other = await startService({ env });
      process.kill(blocked.pid, "SIGUSR2");
      await eventually("the block to begin", () => /^blocked$/m.test(blocked.output()));
      const answer = readiness(blocked); // waits for the end of the block
      expect(await readiness(other)).toBe(200);
      expect(await answer).toBe(200);
      expect(await query("select stream from sluice.stream_states where lease_token > 1")).toEqual([]);
      await stripe.control("DELETE", "faults");
      await eventually("the backfill to end", async () => {
        const open = await query("select 1 from sluice.sync_runs where finished_at is null");
        return open.length === 0;
      });
      expect(await query("select status from sluice.sync_runs")).toEqual([{ status: "SUCCEEDED" }]);
      expect(await differences(await readTruth(stripe), query)).toEqual([]);
      expect(await logFaults(query)).toEqual([]);
    });
  } finally {
    await blocked.kill();
    await other?.kill();
  }
});
