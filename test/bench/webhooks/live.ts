import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startService } from "../../helpers/service.ts";
import { writeSluiceYaml } from "../../helpers/sluice-yaml.ts";
import { runScript } from "./run-script.ts";
import { type SubscriberResult, subscriberResultSchema, type SubscriberTask } from "./task.ts";

export interface LiveOptions {
  readonly secret: string;
  /** Of `payment_intent.succeeded`. */
  readonly template: string;
  readonly perSecond: number;
  readonly events: number;
}

const WARM_UP_SECONDS = 5;

/** The complete service, as `npm start` runs it, with a provider and a subscriber over WebSocket. */
export async function measureLive({ secret, template, perSecond, events }: LiveOptions): Promise<SubscriberResult> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-live-"));
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_bench", webhookSecrets: [secret] };
  const yaml = await writeSluiceYaml(dataDir, config, { schedule: "manual" });
  const service = await startService({ env: { SLUICE_CONFIG: yaml, DATA_DIR: dataDir, PORT: "0" } });
  try {
    const warmUp = WARM_UP_SECONDS * perSecond;
    const task: SubscriberTask = {
      service: service.url,
      tenantId: "acme",
      sourceId: "stripe-main",
      secret,
      templates: [template],
      prefix: "live",
      events: warmUp + events,
      warmUp,
      connections: 32,
      perSecond,
    };
    const file = join(dataDir, "subscriber.json");
    await writeFile(file, JSON.stringify(task));
    return subscriberResultSchema.parse(JSON.parse(await runScript("test/bench/webhooks/subscriber.ts", file)));
  } finally {
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
