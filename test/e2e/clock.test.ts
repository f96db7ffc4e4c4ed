import { expect, test } from "@jest/globals";
import { eventually } from "../helpers/eventually.ts";
import { logFaults } from "../helpers/log-faults.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";
import { differences, readTruth } from "../helpers/sandbox-truth.ts";
import { withQuery } from "../helpers/service-database.ts";
import { type Service, startService } from "../helpers/service.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { customer, deliver, eventBody, sign } from "../helpers/stripe-deliveries.ts";
import { startStripe } from "../helpers/stripe-process.ts";

const SECRET = "whsec_clock";
const HOUR_MS = 3_600_000;
const PRELOAD = `--import=${new URL("../helpers/shift-clock.ts", import.meta.url).href}`;

test("replicas whose clocks are an hour ahead and behind take over no lease and start no run, and say that they refuse webhooks (F13)", async () => {
  await using stripe = await startStripe(400);
  await using dataDir = await useReadyDataDir();
  await stripe.control("POST", "faults", { latencyMs: 8_000, path: "/v1/" }); // the backfill does not end meanwhile
  const config = { baseUrl: stripe.url, apiKey: stripe.apiKey, webhookSecrets: [SECRET] };
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config, { schedule: "1h", requestsPerSecond: 100 }),
    DATA_DIR: dataDir.path,
    PORT: "0",
    LOG_LEVEL: "warn",
  };
  const services: Service[] = [];
  const start = async (more: Readonly<Record<string, string>> = {}) => {
    const service = await startService({ env: { ...env, ...more } });
    services.push(service);
    return service;
  };
  const answerOf = async (service: Service, id: string) => {
    const body = eventBody({ id, type: "customer.created", object: customer(`cus_${id}`, id) });
    return (await deliver(service.url, "stripe-main", sign(body, SECRET))).status;
  };
  try {
    const right = await start();
    await withQuery(dataDir.path, async (query) => {
      await eventually("streams that are read", async () => {
        const leased = await query("select 1 from sluice.stream_states where lease_until > now()");
        return leased.length > 0;
      });
      const wrong = await Promise.all(
        [HOUR_MS, -HOUR_MS].map((shift) => start({ NODE_OPTIONS: PRELOAD, CLOCK_SHIFT_MS: String(shift) })),
      );
      for (const service of wrong) {
        await eventually("the report of the clock", () => /the clock of this process differs/.test(service.output()));
        expect(await answerOf(service, "evt_refused")).toBe(401);
      }
      expect(await answerOf(right, "evt_taken")).toBe(200);
      expect(await query("select status from sluice.sync_runs")).toEqual([{ status: "RUNNING" }]);
      await stripe.control("DELETE", "faults");
      await eventually("the backfill to end", async () => {
        const open = await query("select 1 from sluice.sync_runs where finished_at is null");
        return open.length === 0;
      });
      const ended = await query("select stream, lease_token from sluice.stream_states");
      // The lease of each stream was acquired once, so no process took it over from another one.
      expect(ended.length).toBeGreaterThan(0);
      expect(ended.filter((row) => String(row["lease_token"]) !== "1")).toEqual([]);
      expect(await query("select status from sluice.sync_runs")).toEqual([{ status: "SUCCEEDED" }]);
      // Only what this test sent in Stripe's name.
      expect(await differences(await readTruth(stripe), query)).toEqual([
        "parties cus_evt_taken is not at the upstream",
      ]);
      expect(await logFaults(query)).toEqual([]);
    });
  } finally {
    await Promise.all(services.map((service) => service.kill()));
  }
});
