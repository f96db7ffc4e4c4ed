import { pino } from "pino";
import { Registry } from "prom-client";
import { Writable } from "node:stream";
import type { UseCases } from "../../resolvers/use-cases.ts";
import { type ApiKeys, createApiKeys } from "../../src/api-keys/api-keys.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { createEventFeed, type EventFeed } from "../../src/events/feed.ts";
import { checkCommit } from "../../src/ingest/webhooks/check-commit.ts";
import { createReadThrough, type ReadThrough } from "../../src/ingest/read-through/read-through.ts";
import { createComparisonSchedules } from "../../src/reconcile/completeness/comparison-schedules.ts";
import type { Source } from "../../src/sources/source.ts";
import { createServer, type Server, type ServerOptions } from "../../src/server/create-server.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { createFairReads } from "../../src/store/fair-reads.ts";
import { migrate } from "../../src/store/migrate.ts";
import { createServedTenants } from "../../src/runtime/served-tenants.ts";
import { createWakeUps, type WakeUps } from "../../src/runtime/wake-ups.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";
import { serviceSchema } from "./service-schema.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

/** Response to a GraphQL request. */
export interface GraphAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows the fields of its query
  readonly data: any;
  readonly errors: readonly GraphError[];
}

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** The complete server on a separate database, with all its dependencies. */
export interface GraphServer extends AsyncDisposable {
  readonly connection: TestConnection;
  readonly database: Database;
  readonly feed: EventFeed;
  readonly readThrough: ReadThrough;
  readonly apiKeys: ApiKeys;
  readonly server: Server;
  readonly url: string;
  /** Returns the SQL statements sent since the last call, without tenant settings. */
  takeStatements(): readonly string[];
  /** Everything logged so far. */
  readonly logged: () => string;
  query(query: string, options?: QueryOptions): Promise<GraphAnswer>;
}

export interface QueryOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborted when the client disconnects. */
  readonly signal?: AbortSignal;
}

/** API keys can be made; tests of reads call none of the others. */
function useCasesOf(apiKeys: ApiKeys): UseCases {
  const target = { createApiKey: apiKeys.create, revokeApiKey: apiKeys.revoke } as UseCases; // the others are below
  return new Proxy(target, {
    get: (own, name: keyof UseCases) =>
      own[name] ?? (() => Promise.reject(new ServiceError("OVERLOADED", `no engine in this test: ${name}`))),
  });
}

export interface GraphServerOptions extends Partial<ServerOptions> {
  /** Sources for read-through. Default: no source is configured. */
  readonly sources?: readonly Source[];
  readonly wakeUps?: WakeUps;
}

/** @param migrated another server than the test run's own */
export async function useGraphServer(
  { sources = [], wakeUps = createWakeUps(), ...options }: GraphServerOptions = {},
  migrated?: { readonly connection: TestConnection; close(): Promise<void> },
): Promise<GraphServer> {
  const opened = migrated ?? (await useDatabase({ template: async (connection) => void (await migrate(connection)) }));
  const { connection } = opened;
  let statements: string[] = [];
  const database = createDatabase({ connection, max: 10, onStatement: (text) => statements.push(text) });
  const reads = createFairReads({ database, connections: 10, hasTenants: () => true });
  const feed = createEventFeed({ database });
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = pino({ level: "debug" }, sink);
  const registry = registryOf(sources);
  const readThrough = createReadThrough({ db: database, sources: registry, log, wakeUps });
  const apiKeys = createApiKeys({ db: database, random: Math.random, onProblem: (problem) => log.warn(problem) });
  apiKeys.start();
  const server = await createServer({
    apiKeys,
    host: "127.0.0.1",
    port: 0,
    auth: { kind: "development" },
    tenants: createServedTenants(["acme", "umbrella"]),
    database,
    reads,
    checkCommit: () => checkCommit(database),
    events: feed,
    useCases: useCasesOf(apiKeys),
    readThrough,
    webhooks: { sources: registry, publicUrl: undefined },
    comparisons: createComparisonSchedules({ sources: registry, everyMs: 86_400_000, days: 7 }),
    log,
    registry: new Registry(),
    metrics: { port: undefined, token: undefined },
    ...serviceSchema(options),
    ...options,
  });
  return {
    connection,
    database,
    feed,
    readThrough,
    apiKeys,
    server,
    url: server.url,
    takeStatements() {
      const taken = statements;
      statements = [];
      return taken;
    },
    logged: () => lines.join(""),
    query: (query, { variables, headers, signal } = {}) => post(server.url, { query, variables }, headers, signal),
    async [Symbol.asyncDispose]() {
      await server.close();
      await apiKeys.close();
      await readThrough.close();
      await feed.close();
      await database.close();
      await opened.close();
    },
  };
}

/** Sends a body to `/graphql` as a client would. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<GraphAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(WAIT_LIMIT_MS)]),
  });
  const text = await response.text();
  const { data = null, errors = [] } = JSON.parse(text) as Partial<GraphAnswer>; // from our own server
  return { status: response.status, data, errors };
}
