import { writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface StripeSourceSettings {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly webhookSecrets?: readonly string[];
}

export interface SluiceYamlOptions {
  readonly schedule?: string;
  /** Calls per second of the whole account. Default: the limit of a Stripe sandbox. */
  readonly requestsPerSecond?: number;
}

/** Writes a settings file with one Stripe source, `stripe-main` of tenant `acme`, and returns its path. */
export async function writeSluiceYaml(
  folder: string,
  config: StripeSourceSettings,
  { schedule = "2s", requestsPerSecond }: SluiceYamlOptions = {},
): Promise<string> {
  const path = join(folder, "sluice.yaml");
  const source = {
    id: "stripe-main",
    tenant: "acme",
    connector: "stripe",
    config,
    schedule,
    budget: budgetOf(requestsPerSecond),
  };
  await writeFile(path, JSON.stringify({ tenants: ["acme"], sources: [source] })); // JSON is YAML
  return path;
}

function budgetOf(requestsPerSecond: number | undefined): object | undefined {
  return requestsPerSecond === undefined ? undefined : { rates: { account: requestsPerSecond } };
}
