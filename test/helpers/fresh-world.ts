import { pino } from "pino";
import { z } from "zod";
import { singleBucket } from "../../src/connector-api/budget.ts";
import { connector } from "../../src/connectors/stripe/index.ts";
import { type TestSandbox, useSandbox } from "../../src/sandbox/stripe/testing.ts";
import { migrate } from "../../src/store/migrate.ts";
import { createDatabase } from "../../src/store/database.ts";
import { openSyncEngine } from "../../src/sync/engine.ts";
import type { Source } from "../../src/upstream/source.ts";
import { createUpstream, type Upstream } from "../../src/upstream/upstream.ts";
import { eventually } from "./eventually.ts";
import { type GraphServer, useGraphServer } from "./graph-server.ts";
import { useDatabase } from "./postgres.ts";
import { targetOf } from "./target-of.ts";

export const SOURCE_ID = "stripe-main";

/** A sandbox of Stripe, and a store that was synced from it in full. */
export interface FreshWorld extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  /** A graph on this store. Its way to the source is its own: what one has learned of a limit, another does not know. */
  open(options?: OpenOptions): Promise<GraphServer>;
  /** Requests that the sandbox has answered since the last call of this function. */
  takeCalls(): Promise<Readonly<Record<string, number>>>;
  /** Global ids of all payments, oldest first. */
  paymentIds(): Promise<readonly string[]>;
  /** Runs a statement as the tenant `acme`. */
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

export interface OpenOptions {
  /** Where the source is said to be. Default: where it is. */
  readonly baseUrl?: string;
  readonly requestsPerSecond?: number;
  readonly onDoubts?: (sourceId: string) => void;
}

/** Many at a time, so that nothing but the service itself joins calls. */
const BUDGET = { requestsPerSecond: 10_000, maxConcurrent: 200 };

/** Syncs it once. */
export async function useFreshWorld(payments: number): Promise<FreshWorld> {
  const sandbox = await useSandbox({ payments });
  const store = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const database = createDatabase({ connection: store.connection, max: 10 });
  const query = (text: string, values: readonly unknown[] = []) =>
    database.transaction("acme", (tx) => tx.query(text, values));

  function sourceAt({ baseUrl = sandbox.url, requestsPerSecond }: OpenOptions): [Source, Upstream] {
    const config = connector.config.parse({ ...sandbox.config, baseUrl });
    const budget = singleBucket({ ...BUDGET, ...(requestsPerSecond !== undefined && { requestsPerSecond }) });
    const upstream = createUpstream({ target: targetOf(connector, config), budget });
    const own = {
      id: SOURCE_ID,
      tenantId: "acme",
      connector,
      config,
      scheduleMs: 300_000,
      credential: upstream.credential,
    };
    return [{ ...own, client: (lane) => upstream.client(lane) }, upstream];
  }

  const [source, upstream] = sourceAt({});
  const engine = await openSyncEngine({
    db: database,
    schedule: undefined,
    sources: new Map([[source.id, source]]),
    log: pino({ level: "silent" }),
    onDoubts: () => undefined,
  });
  const options = { streams: undefined, mode: "FULL", range: undefined, idempotencyKey: undefined } as const;
  await engine.startSync("acme", SOURCE_ID, options);
  await eventually(
    "the first sync",
    async () => (await query("select 1 from sync_runs where status = 'SUCCEEDED'"))[0],
  );
  await engine.close();
  await upstream.close();

  return {
    sandbox,
    query,
    async open(where = {}) {
      const [own, way] = sourceAt(where);
      const graph = await useGraphServer(
        { sources: [own], ...(where.onDoubts !== undefined && { onDoubts: where.onDoubts }) },
        { connection: store.connection, close: () => way.close() },
      );
      return graph;
    },
    async takeCalls() {
      const { requests } = z
        .object({ requests: z.record(z.string(), z.number()) })
        .parse(await sandbox.control("GET", "counters"));
      await sandbox.control("DELETE", "counters");
      return requests;
    },
    async paymentIds() {
      return (await query("select id from payments order by ordered_at, id")).map(({ id }) => String(id));
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      await store.close();
      await sandbox[Symbol.asyncDispose]();
    },
  };
}
