import { createClient } from "graphql-ws";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import { z } from "zod";
import { type TestSandbox, useSandbox } from "../../sandbox/plaid/testing.ts";
import { migrate } from "../../src/store/migrate.ts";
import { eventually } from "./eventually.ts";
import { askGraph } from "./graphql.ts";
import { differencesToPlaid } from "./plaid-truth.ts";
import { databaseUrl, type TestConnection, useDatabase } from "./postgres.ts";
import { startServiceInProcess } from "./service-in-process.ts";

export const SOURCE = "plaid-main";

/** A Plaid sandbox, and the complete service in this process, which reads from it only on demand. */
export interface PlaidService extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Sends a GraphQL query as a user would; rejects when the response has errors. */
  ask<Data>(query: string): Promise<Data>;
  /** Starts a run of all streams. */
  start(mode?: "INCREMENTAL" | "FULL"): Promise<StartedRun>;
  /**
   * Runs all streams to their end; returns the final status, and the event cursor from before the run was requested.
   */
  sync(mode?: "INCREMENTAL" | "FULL"): Promise<{ readonly status: string; readonly cursor: string }>;
  /** Makes Plaid send its webhooks from now on. */
  enableWebhooks(): Promise<void>;
  /** Sends a call to the source's address as Plaid would; resolves with the status. */
  post(body: string, token: string): Promise<number>;
  /** Resolves when the GraphQL API returns the same data as Plaid. */
  inStep(): Promise<void>;
  /** Events since a cursor, until there are enough. */
  events(
    after: string,
    query: { readonly filter: string; readonly fields: string },
    isComplete: (events: readonly Readonly<Record<string, unknown>>[]) => boolean,
  ): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Requests to Plaid's API so far, by path and, where it is given, status. */
  requests(path: string, status?: number): Promise<number>;
}

export interface StartedRun {
  readonly cursor: string;
  readonly run: { readonly id: string };
}

const counters = z.object({ requests: z.record(z.string(), z.number()) });

/** Tests do not wait for the minute after which Plaid would allow the next call. */
const UNLIMITED = { transactions: 1_000, accounts: 1_000, balance: 1_000, item: 1_000 };

export async function usePlaidService({ payments }: { readonly payments: number }): Promise<PlaidService> {
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const sandbox = await useSandbox({ payments });
  const folder = await mkdtemp(join(tmpdir(), "sluice-plaid-"));
  const service = await startServiceInProcess(await settings(folder, database.connection, sandbox));
  const { url } = service;

  const ask = async <Data>(query: string): Promise<Data> => {
    const { data, errors } = await askGraph<Data>(url, query);
    if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  const start = async (mode: "INCREMENTAL" | "FULL" = "INCREMENTAL"): Promise<StartedRun> => {
    const mutation = `mutation { startSync(input: { sourceId: "${SOURCE}", mode: ${mode} }) { cursor run { id } } }`;
    return (await ask<{ startSync: StartedRun }>(mutation)).startSync;
  };
  return {
    sandbox,
    url,
    ask,
    start,
    async sync(mode) {
      const { run, cursor } = await start(mode);
      const status = await eventually("the run", async () => {
        const { syncRun } = await ask<{ syncRun: { status: string; finishedAt: string | null } }>(
          `{ syncRun(id: "${run.id}") { status finishedAt } }`,
        );
        return syncRun.finishedAt !== null && syncRun.status;
      });
      return { status, cursor };
    },
    async enableWebhooks() {
      await sandbox.control("POST", "webhook-endpoints", { url: `${url}/webhooks/${SOURCE}` });
    },
    async post(body, token) {
      const headers = { "plaid-verification": token };
      return (await fetch(`${url}/webhooks/${SOURCE}`, { method: "POST", body, headers })).status;
    },
    async inStep() {
      let differences: readonly string[] = [];
      const isInStep = async (): Promise<boolean> => {
        differences = await differencesToPlaid(ask, sandbox);
        return differences.length === 0;
      };
      await eventually("the graph to show what Plaid has", isInStep).catch((cause: unknown) => {
        throw new Error(`the graph differs from Plaid:\n${differences.slice(0, 10).join("\n")}`, { cause });
      });
    },
    async events(after, { filter, fields }, isComplete) {
      const client = createClient({ url: `${url.replace("http", "ws")}/graphql/ws`, webSocketImpl: WebSocket });
      const query = `subscription { syncEvents(after: "${after}", filter: { ${filter} }) { __typename ${fields} } }`;
      const events: Record<string, unknown>[] = [];
      try {
        for await (const { data, errors } of client.iterate<{ syncEvents: Record<string, unknown> }>({ query })) {
          if (!data) throw new Error(JSON.stringify(errors));
          if (data.syncEvents["__typename"] !== "StreamPosition") events.push(data.syncEvents);
          if (isComplete(events)) return events;
        }
        throw new Error("the subscription ended");
      } finally {
        await client.dispose();
      }
    },
    async requests(path, status) {
      const { requests } = counters.parse(await sandbox.control("GET", "counters"));
      const own = Object.entries(requests).filter(([name]) =>
        status === undefined ? name.startsWith(`${path} `) : name === `${path} ${status}`,
      );
      return own.reduce((sum, [, count]) => sum + count, 0);
    },
    async [Symbol.asyncDispose]() {
      await service.stop();
      await sandbox[Symbol.asyncDispose]();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function settings(
  folder: string,
  connection: TestConnection,
  { running }: TestSandbox,
): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, "sluice.yaml");
  const source = {
    id: SOURCE,
    tenant: "acme",
    connector: "plaid",
    config: running.sourceConfig,
    schedule: "manual",
    budget: { rates: UNLIMITED },
  };
  await writeFile(path, JSON.stringify({ tenants: ["acme"], sources: [source] })); // JSON is YAML
  return {
    SLUICE_CONFIG: path,
    DATABASE_URL: databaseUrl(connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "error",
  };
}
