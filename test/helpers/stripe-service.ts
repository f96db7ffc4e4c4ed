import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../src/store/migrate.ts";
import { eventually } from "./eventually.ts";
import { askGraph } from "./graphql.ts";
import { databaseUrl, useDatabase } from "./postgres.ts";
import { startServiceInProcess } from "./service-in-process.ts";
import { type StripeAccount, startStripeAccount } from "./stripe-account.ts";
import { deliver, sign } from "./stripe-deliveries.ts";

export const SOURCE = "stripe-main";
/** Signing secrets of the source's two webhook endpoints. */
export const SECRETS = ["whsec_first", "whsec_second"] as const;

/**
 * A Stripe account that the test fills, and the complete service in this process, which reads from it only on
 * demand.
 */
export interface StripeService extends AsyncDisposable {
  readonly account: StripeAccount;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Sends a GraphQL query as a user would; rejects when the response has errors. */
  ask<Data>(query: string): Promise<Data>;
  /** Runs all streams to their end; resolves with the run's status. */
  sync(mode?: "INCREMENTAL" | "FULL"): Promise<string>;
  /** Delivers an event, signed with the secret; resolves with the response's status. */
  deliver(body: string, secret?: string): Promise<number>;
  /** Resolves when no delivery and no refetch is pending. */
  waitUntilIdle(): Promise<void>;
  /** Queries the database as its owner, without tenant isolation. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Everything that the service has logged. */
  output(): string;
}

/** Runs all streams to their end before a file's tests; rejects unless the run succeeds. */
export async function syncBefore(service: StripeService, mode: "INCREMENTAL" | "FULL"): Promise<void> {
  const status = await service.sync(mode);
  if (status !== "SUCCEEDED") throw new Error(`the run before the tests is ${status}`);
}

export async function useStripeService(apiKey = "sk_test_1"): Promise<StripeService> {
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const account = await startStripeAccount();
  const folder = await mkdtemp(join(tmpdir(), "sluice-stripe-"));
  const path = join(folder, "sluice.yaml");
  const config = { baseUrl: account.url, apiKey, webhookSecrets: SECRETS };
  const source = { id: SOURCE, tenant: "acme", connector: "stripe", config, schedule: "manual" };
  await writeFile(path, JSON.stringify({ tenants: ["acme"], sources: [source] })); // JSON is YAML
  const service = await startServiceInProcess({
    SLUICE_CONFIG: path,
    DATABASE_URL: databaseUrl(database.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "debug",
  });
  const client = new pg.Client(database.connection);
  await client.connect();

  const query = async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows;
  const ask = async <Data>(document: string): Promise<Data> => {
    const { data, errors } = await askGraph<Data>(service.url, document);
    if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    account,
    url: service.url,
    ask,
    query,
    output: service.output,
    async sync(mode = "INCREMENTAL") {
      const { startSync } = await ask<{ startSync: { run: { id: string } } }>(
        `mutation { startSync(input: { sourceId: "${SOURCE}", mode: ${mode} }) { run { id } } }`,
      );
      return eventually("the run to end", async () => {
        const { syncRun } = await ask<{ syncRun: { status: string; finishedAt: string | null } }>(
          `{ syncRun(id: "${startSync.run.id}") { status finishedAt } }`,
        );
        return syncRun.finishedAt !== null && syncRun.status;
      });
    },
    async deliver(body, secret = SECRETS[0]) {
      return (await deliver(service.url, SOURCE, sign(body, secret))).status;
    },
    async waitUntilIdle() {
      await eventually("all deliveries and refetches to be done", async () => {
        const open = await query(
          `select 1 from sluice.deliveries where status = 'PENDING' union all select 1 from sluice.refetches`,
        );
        return open.length === 0;
      });
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await service.stop();
      await account[Symbol.asyncDispose]();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
