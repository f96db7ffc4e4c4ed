import { expect, test } from "@jest/globals";
import { eventually } from "../helpers/eventually.ts";
import { freePort, startService } from "../helpers/service.ts";
import { startStripe } from "../helpers/stripe-process.ts";
import { withQuery } from "../helpers/service-database.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { differences, readTruth } from "../helpers/sandbox-truth.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";

test("changes whose webhooks were never sent are found by the next polls, and a restart after an outage catches up (F48, F59)", async () => {
  await using stripe = await startStripe(30, 5);
  await using dataDir = await useReadyDataDir();
  const webhookSecrets = ["whsec_lost"];
  const port = await freePort();
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, { baseUrl: stripe.url, apiKey: stripe.apiKey, webhookSecrets }),
    DATA_DIR: dataDir.path,
    PORT: String(port),
    LOG_LEVEL: "error",
  };
  const endpoint = { url: `http://127.0.0.1:${port}/webhooks/stripe-main`, secrets: webhookSecrets };
  const { id } = (await stripe.control("POST", "webhook-endpoints", endpoint)) as { readonly id: string }; // of the control API
  const first = await startService({ env });
  try {
    await withQuery(dataDir.path, async (query) => {
      const inStep = async () => (await differences(await readTruth(stripe), query)).length === 0;
      await eventually("the first sync", inStep);
      await stripe.control("POST", "faults", { lose: 0.5 });
      await stripe.control("POST", "activity", { count: 40 });
      await stripe.control("POST", "quiesce", {});
      await eventually("what was lost", inStep);
    });
  } finally {
    await first.stop();
  }
  // During the downtime the provider disables the endpoint. A usual history, and a last delivery of long ago:
  await stripe.control("DELETE", `webhook-endpoints/${id}`);
  await stripe.control("POST", "activity", { count: 40 });
  await withQuery(dataDir.path, async (query) => {
    await query(`insert into sluice.webhook_counts (tenant_id, source_id, at, received)
      select 'acme', 'stripe-main', date_trunc('minute', now()) - n * interval '1 minute', 2 from generate_series(20, 4320) n
      on conflict do nothing`);
    await query("update sluice.deliveries set received_at = received_at - interval '20 minutes'");
    await query("update sluice.sources set webhook_received_at = webhook_received_at - interval '20 minutes'");
    const second = await startService({ env });
    try {
      const opened = async (): Promise<boolean> =>
        (await query("select 1 from sluice.findings where kind = 'WEBHOOKS_SILENT' and closed_at is null")).length > 0;
      await eventually("the finding", opened);
      expect(await query("select mode from sluice.sync_runs where trigger = 'CATCH_UP'")).toEqual([
        { mode: "INCREMENTAL" },
      ]);
      const inStep = async () => (await differences(await readTruth(stripe), query)).length === 0;
      await eventually("what happened meanwhile", inStep);
    } finally {
      await second.stop();
    }
  });
});
