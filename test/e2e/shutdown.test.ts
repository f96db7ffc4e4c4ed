import { expect, test } from "@jest/globals";
import { useSandbox } from "../../sandbox/stripe/testing.ts";
import { eventually } from "../helpers/eventually.ts";
import { withQuery } from "../helpers/service-database.ts";
import { startService } from "../helpers/service.ts";
import { writeSluiceYaml } from "../helpers/sluice-yaml.ts";
import { customer, deliver, eventBody, sign } from "../helpers/stripe-deliveries.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";

const SECRET = "whsec_shutdown";
const IN_FLIGHT = 1_000;

/** @returns whether it was acknowledged */
async function send(url: string, index: number): Promise<boolean> {
  const body = eventBody({
    id: `evt_${index}`,
    type: "customer.created",
    object: customer(`cus_${index}`, `Customer ${index}`),
  });
  try {
    return (await deliver(url, "stripe-main", sign(body, SECRET))).ok;
  } catch {
    return false; // refused or disconnected: not acknowledged, the provider sends it again
  }
}

test("SIGTERM with 1,000 webhooks in flight and a backfill running drops no acknowledged one, releases leases and prints no stack (F16, C52)", async () => {
  await using stripe = await useSandbox({ payments: 150 });
  await using dataDir = await useReadyDataDir();
  await stripe.control("POST", "faults", { latencyMs: 500, path: "/v1/" }); // the backfill is still running at the signal
  const config = { baseUrl: stripe.url, apiKey: stripe.config.apiKey, webhookSecrets: [SECRET] };
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config),
    DATA_DIR: dataDir.path,
    PORT: "0",
    LOG_LEVEL: "info",
  };
  const service = await startService({ env });
  await withQuery(dataDir.path, (query) =>
    eventually("a stream to be read", async () => {
      const leased = await query("select 1 from sluice.stream_states where lease_until > now()");
      return leased.length > 0;
    }),
  );
  const answers = Array.from({ length: IN_FLIGHT }, (_, index) => send(service.url, index));
  await Promise.race(answers); // the first is answered, most are not
  const startedAtMs = performance.now();
  expect(await service.stop("SIGTERM")).toBe(0);
  expect(performance.now() - startedAtMs).toBeLessThan(25_000);
  const acknowledged = (await Promise.all(answers)).flatMap((ok, index) => (ok ? [`evt_${index}`] : []));
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(service.output()).not.toMatch(/\n\s+at |\\n\s+at |"stack"|"level":[456]0/);
  await withQuery(dataDir.path, async (query) => {
    const rows = await query("select delivery_key from sluice.deliveries");
    const stored = new Set(rows.map((row) => row["delivery_key"]));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(await query("select stream from sluice.stream_states where lease_until is not null")).toEqual([]);
  });
});
