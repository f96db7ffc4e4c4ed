import { writeFile } from "node:fs/promises";
import { ACCESS_TOKEN_PREFIX, API_KEY_PREFIX } from "./upstream-client.ts";

/** Signing secret of every Stripe source. */
export const WEBHOOK_SECRET = "whsec_of_the_sources";
/** Number of sources that accept Stripe's webhooks, in every settings file. */
export const STRIPE_SOURCES = 3;

export interface BenchSource {
  readonly id: string;
  readonly tenant: string;
  readonly connector: "plaid" | "stripe";
}

/** Returns sources spread over tenants; the first three are of Stripe. */
export function sourcesOf(count: number, tenants: number, connector: "plaid" | "stripe"): readonly BenchSource[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `source-${index}`,
    tenant: `tenant-${index % tenants}`,
    connector: index < STRIPE_SOURCES ? "stripe" : connector,
  }));
}

/** Writes a settings file in the form in which people write it. */
export async function writeSettings(
  path: string,
  sources: readonly BenchSource[],
  upstreamUrl: string,
  schedule: string,
): Promise<void> {
  const tenants = [...new Set(sources.map(({ tenant }) => tenant))];
  const lines = [
    "tenants:",
    ...tenants.map((tenant) => `  - ${tenant}`),
    "sources:",
    ...sources.flatMap(({ id, tenant, connector }) => [
      `  - id: ${id}`,
      `    tenant: ${tenant}`,
      `    connector: ${connector}`,
      `    schedule: ${schedule}`,
      "    config:",
      `      baseUrl: ${upstreamUrl}`,
      ...(connector === "stripe" ? stripeLines(id) : plaidLines(id, tenant)),
    ]),
  ];
  await writeFile(path, `${lines.join("\n")}\n`);
}

const stripeLines = (id: string): readonly string[] => [
  `      apiKey: ${API_KEY_PREFIX}${id}`,
  `      webhookSecrets: [${WEBHOOK_SECRET}]`,
];

/** Each tenant has a Plaid client of its own: Plaid allows one client 2,500 reads of transactions a minute, 42 a second. */
const plaidLines = (id: string, tenant: string): readonly string[] => [
  `      clientId: client-of-${tenant}`,
  "      secret: secret-of-all",
  `      accessToken: ${ACCESS_TOKEN_PREFIX}${id}`,
  `      itemId: ${id}`,
];
