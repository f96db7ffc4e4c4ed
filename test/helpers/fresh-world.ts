import { pino } from "pino";
import { z } from "zod";
import { singleBucket } from "../../src/connector-api/budget.ts";
import { connector } from "../../src/connectors/stripe/index.ts";
import { type TestSandbox, useSandbox } from "../../sandbox/stripe/testing.ts";
import { migrate } from "../../src/store/migrate.ts";
import { createDatabase } from "../../src/store/database.ts";
import { openSyncEngine } from "../../src/ingest/polling/engine.ts";
import type { Source } from "../../src/sources/source.ts";
import { createUpstream, type Upstream } from "../../src/upstream/upstream.ts";
import { createWakeUps, type WakeUps } from "../../src/runtime/wake-ups.ts";
import { eventually } from "./eventually.ts";
import { type GraphServer, useGraphServer } from "./graph-server.ts";
import { useDatabase } from "./postgres.ts";
import { targetOf } from "./target-of.ts";
import { registryOf } from "../../src/sources/source-registry.ts";
import { registerSources } from "../../src/sources/register-sources.ts";

export const SOURCE_ID = "stripe-main";

/** A Stripe sandbox, and a store that was synced from it completely. */
export interface FreshWorld extends AsyncDisposable {
  readonly sandbox: TestSandbox;
  /**
   * Opens a GraphQL server on this store. It has its own upstream client: a limit discovered by one is unknown to
   * another.
   */
  open(options?: OpenOptions): Promise<GraphServer>;
  /** Returns the requests that the sandbox has answered since the last call of this function. */
  takeCalls(): Promise<Readonly<Record<string, number>>>;
  /** Global ids of all payments, oldest first. */
  paymentIds(): Promise<readonly string[]>;
  /** Runs an SQL statement as the tenant `acme`. */
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

export interface OpenOptions {
  /** Configured address of the source. Default: its real address. */
  readonly baseUrl?: string;
  readonly requestsPerSecond?: number;
  readonly wakeUps?: WakeUps;
}

export interface FreshWorldOptions {
  /** Changes the sandbox before it is synced. */
  readonly prepare?: (sandbox: TestSandbox) => Promise<void>;
  /** Settings of the source in addition to the sandbox's. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Allows many concurrent calls, so that only the service itself combines calls. */
const BUDGET = { requestsPerSecond: 10_000, maxConcurrent: 200 };

/** Syncs the store once. */
export async function useFreshWorld(
  payments: number,
  { prepare, settings = {} }: FreshWorldOptions = {},
): Promise<FreshWorld> {
  const sandbox = await useSandbox({ payments });
  await prepare?.(sandbox);
  const store = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const database = createDatabase({ connection: store.connection, max: 10 });
  const query = (text: string, values: readonly unknown[] = []) =>
    database.transaction("acme", (tx) => tx.query(text, values));

  function sourceAt({ baseUrl = sandbox.url, requestsPerSecond }: OpenOptions): [Source, Upstream] {
    const config = connector.config.parse({ ...sandbox.config, ...settings, baseUrl });
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
  await registerSources(database, [source]);
  const engine = openSyncEngine({
    db: database,
    sources: registryOf([source]),
    log: pino({ level: "silent" }),
    wakeUps: createWakeUps(),
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
      const [own, gateway] = sourceAt(where);
      const graph = await useGraphServer(
        { sources: [own], ...(where.wakeUps !== undefined && { wakeUps: where.wakeUps }) },
        { connection: store.connection, close: () => gateway.close() },
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
