import { writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface StripeSourceSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly webhookSecrets?: readonly string[];
  readonly requestsPerSecond?: number;
}

/** Writes a settings file with one Stripe source, `stripe-main` of tenant `acme`, and returns its path. */
export async function writeSluiceYaml(folder: string, config: StripeSourceSettings, schedule = "2s"): Promise<string> {
  const path = join(folder, "sluice.yaml");
  const source = { id: "stripe-main", tenant: "acme", connector: "stripe", config, schedule };
  await writeFile(path, JSON.stringify({ tenants: ["acme"], sources: [source] })); // JSON is YAML
  return path;
}
