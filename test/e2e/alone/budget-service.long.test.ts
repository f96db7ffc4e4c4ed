import { expect, test } from "@jest/globals";
import { eventually } from "../../helpers/eventually.ts";
import { certainPeak, watchPauses } from "../../helpers/certain-peak.ts";
import { look, usedShare } from "../../helpers/sandbox-counters.ts";
import { withQuery } from "../../helpers/service-database.ts";
import { type Service, startService } from "../../helpers/service.ts";
import { writeSluiceYaml } from "../../helpers/sluice-yaml.ts";
import { startStripe } from "../../helpers/stripe-process.ts";
import { useReadyDataDir } from "../../helpers/ready-data-dir.ts";

const LIMIT = 25;
const SERVICES = 4;
const PAYMENTS = 10_000;

test("a first sync by several services keeps to the account's limit and uses all of it", async () => {
  await using stripe = await startStripe(PAYMENTS);
  await using dataDir = await useReadyDataDir();
  await stripe.control("POST", "limits", { limits: [{ name: "account", kind: "token-bucket", perSecond: LIMIT }] });
  const config = { baseUrl: stripe.url, apiKey: stripe.apiKey };
  const env = {
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, config, { schedule: "1h", requestsPerSecond: LIMIT }),
    DATA_DIR: dataDir.path,
    PORT: "0",
    LOG_LEVEL: "error",
  };
  const services: Service[] = [];
  const start = async () => void services.push(await startService({ env }));
  try {
    await start(); // it creates the database
    await Promise.all(Array.from({ length: SERVICES - 1 }, start));
    const starting = await look(stripe);
    const runs = () => withQuery(dataDir.path, (query) => query("select finished_at from sluice.sync_runs"));
    const ended = () =>
      eventually("the sync to end", async () => {
        const all = await runs();
        return all.length > 0 && all.every((run) => run["finished_at"] !== null);
      });
    using pauses = watchPauses();
    await stripe.control("DELETE", "counters"); // the starting processes leave little of two cores for others
    await ended();
    const reading = await look(stripe);
    expect(starting.refused + reading.refused).toBe(0);
    // budget-shared.long.test.ts limits replicas that only send calls to 105 per cent. Here the services, their database and
    // the sandbox share two cores: one call that is kept back for 50 ms on its way is one more in the second after it.
    expect(await certainPeak(stripe, pauses)).toBeLessThanOrEqual(Math.floor(1.05 * LIMIT) + 1);
    // The excess depends on the machine, and on streams that end late and are read by one reader each.
    expect(usedShare(reading, LIMIT)).toBeGreaterThanOrEqual(0.25);
  } finally {
    await Promise.all(services.map((service) => service.kill()));
  }
});
