import { expect, test } from "@jest/globals";
import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "../helpers/eventually.ts";
import { freePort, type Service, startService } from "../helpers/service.ts";
import { startStripe, type StripeProcess } from "../helpers/stripe-process.ts";
import { logFaults } from "../helpers/log-faults.ts";
import { type Query, withQuery } from "../helpers/service-database.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { differences, readTruth } from "../helpers/sandbox-truth.ts";
import { useDataDir } from "../helpers/use-embedded.ts";

const SOURCE = "stripe-main";
const KILLS = 10;

/** A moment within the wait that differs from kill to kill, the same in each run. */
function momentMs(kill: number): number {
  return 150 + ((kill * 7919) % 1_100);
}

async function caughtUp(stripe: StripeProcess, query: Query): Promise<boolean> {
  const rows = await query(
    `select (select count(*) from sluice.deliveries where status = 'PENDING')
          + (select count(*) from sluice.refetches) + (select count(*) from sluice.sync_runs where finished_at is null)
          as open, (select count(*) from sluice.sync_runs where status = 'SUCCEEDED') as done`,
  );
  if (Number(rows[0]?.["open"]) > 0 || Number(rows[0]?.["done"]) === 0) return false;
  return (await differences(await readTruth(stripe), query)).length === 0;
}

test("ten kills in a backfill and ten in a webhook burst lose nothing and do nothing twice (F1, F2, F3, F5)", async () => {
  await using stripe = await startStripe(1_500, 7);
  await using dataDir = await useDataDir();
  const secret = "whsec_kill_test";
  const port = await freePort();
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(
      dataDir.path,
      { baseUrl: stripe.url, apiKey: stripe.apiKey, webhookSecrets: [secret] },
      { requestsPerSecond: 400 },
    ),
    DATA_DIR: dataDir.path,
    PORT: String(port),
    LOG_LEVEL: "error",
  };
  await stripe.control("POST", "faults", { latencyMs: true, value: 15, path: "/v1/" }).catch(() => undefined);
  let service: Service | undefined;
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      service = await startService({ env });
      await pause(momentMs(kill)); // the case itself: dying at some moment of the backfill
      await service.kill();
    }
    await stripe.control("POST", "webhook-endpoints", {
      url: `http://127.0.0.1:${port}/webhooks/${SOURCE}`,
      secrets: [secret],
    });
    await stripe.control("DELETE", "faults");
    for (let kill = 0; kill < KILLS; kill += 1) {
      service = await startService({ env });
      await stripe.control("POST", "activity", { count: 60 });
      await pause(momentMs(kill + KILLS)); // dying at some moment of the burst
      await service.kill();
    }
    service = await startService({ env });
    const quiet = await stripe.control("POST", "quiesce", { timeoutMs: 60_000 });
    expect(quiet).toMatchObject({ quiet: true });
    await withQuery(dataDir.path, async (query) => {
      await eventually("the store to equal the sandbox", () => caughtUp(stripe, query), 60_000).catch(() => undefined);
      expect(await differences(await readTruth(stripe), query)).toEqual([]);
      expect(await logFaults(query)).toEqual([]);
      const applied = await query("select count(*) as count from sluice.deliveries where status = 'APPLIED'");
      expect(Number(applied[0]?.["count"])).toBeGreaterThan(KILLS * 60);
    });
  } finally {
    await service?.kill();
  }
}, 300_000);
