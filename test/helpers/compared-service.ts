import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../src/store/migrate.ts";
import { eventually } from "./eventually.ts";
import { askGraph } from "./graphql.ts";
import { databaseUrl, type TestConnection, useDatabase } from "./postgres.ts";
import { startServiceInProcess } from "./service-in-process.ts";

export const TENANT = "acme";
const DAY_MS = 86_400_000;

export interface FoundDifference {
  readonly kind: string;
  readonly entityId: string;
  readonly verifiedAt: string | null;
  readonly problem: string | null;
}

/** The complete service in this process with one source that is read on demand, and a user of its graph. */
export interface ComparedService extends AsyncDisposable {
  readonly connection: TestConnection;
  /** Sends a GraphQL query as a user would; rejects when the response has errors. */
  ask<Data>(query: string): Promise<Data>;
  /** Reads all streams to their end. */
  sync(): Promise<void>;
  /** Compares all streams over the last days; resolves with the run's id when it has succeeded. */
  reconcile(days?: number): Promise<string>;
  /** All differences that a run has found, page by page. */
  differencesOf(runId: string): Promise<readonly FoundDifference[]>;
  /** Queries the database as its owner, without tenant isolation. */
  query<Row extends Record<string, unknown>>(sql: string): Promise<readonly Row[]>;
}

/** @param source settings of the source but its tenant */
export async function useComparedService(source: {
  readonly id: string;
  readonly connector: string;
  readonly config: unknown;
  readonly budget?: unknown;
}): Promise<ComparedService> {
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const folder = await mkdtemp(join(tmpdir(), "sluice-compared-"));
  const path = join(folder, "sluice.yaml");
  const settings = { tenants: [TENANT], sources: [{ ...source, tenant: TENANT, schedule: "manual" }] };
  await writeFile(path, JSON.stringify(settings)); // JSON is YAML
  const service = await startServiceInProcess({
    SLUICE_CONFIG: path,
    DATABASE_URL: databaseUrl(database.connection),
    DATA_DIR: folder,
    PORT: "0",
    LOG_LEVEL: "warn",
  });
  const client = new pg.Client(database.connection);
  await client.connect();
  const ask = async <Data>(document: string): Promise<Data> => {
    const { data, errors } = await askGraph<Data>(service.url, document);
    if (errors !== undefined || data === undefined) throw new Error(JSON.stringify(errors));
    return data;
  };

  async function ended(runId: string): Promise<void> {
    const run = await eventually("the run to end", async () => {
      const { syncRun } = await ask<{ syncRun: { status: string; finishedAt: string | null; streams: unknown } }>(
        `{ syncRun(id: "${runId}") { status finishedAt streams { stream status errorCode errorMessage } } }`,
      );
      return syncRun.finishedAt !== null && syncRun;
    });
    if (run.status !== "SUCCEEDED") throw new Error(JSON.stringify(run));
  }

  return {
    connection: database.connection,
    ask,
    async sync() {
      const { startSync } = await ask<{ startSync: { run: { id: string } } }>(
        `mutation { startSync(input: { sourceId: "${source.id}" }) { run { id } } }`,
      );
      await ended(startSync.run.id);
    },
    async reconcile(days = 300) {
      const [from, to] = [Date.now() - days * DAY_MS, Date.now() + DAY_MS].map((ms) =>
        new Date(ms).toISOString().slice(0, 10),
      );
      const { reconcile } = await ask<{ reconcile: { run: { id: string } } }>(
        `mutation { reconcile(input: { sourceId: "${source.id}", from: "${from}", to: "${to}" }) { run { id } } }`,
      );
      await ended(reconcile.run.id);
      return reconcile.run.id;
    },
    async differencesOf(runId) {
      const found: FoundDifference[] = [];
      for (let after = ""; ;) {
        const { source: own } = await ask<{
          source: {
            differences: {
              nodes: FoundDifference[];
              pageInfo: { hasNextPage: boolean; endCursor: string | null };
            };
          };
        }>(
          `{ source(id: "${source.id}") { differences(runId: "${runId}", first: 7${after}) {
              nodes { kind entityId verifiedAt problem } pageInfo { hasNextPage endCursor } } } }`,
        );
        found.push(...own.differences.nodes);
        if (!own.differences.pageInfo.hasNextPage) return found;
        after = `, after: "${own.differences.pageInfo.endCursor}"`;
      }
    },
    query: async <Row extends Record<string, unknown>>(sql: string) => (await client.query<Row>(sql)).rows,
    async [Symbol.asyncDispose]() {
      await client.end();
      await service.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
