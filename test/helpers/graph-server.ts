import { pino } from "pino";
import { Registry } from "prom-client";
import { Writable } from "node:stream";
import type { UseCases } from "../../resolvers/use-cases.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { createEventFeed, type EventFeed } from "../../src/events/feed.ts";
import { createReadThrough, type ReadThrough } from "../../src/read-through/read-through.ts";
import type { Source } from "../../src/upstream/source.ts";
import { createServer, type Server, type ServerOptions } from "../../src/server/create-server.ts";
import { createDatabase, type Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";

/** Answer of a GraphQL request. */
export interface GraphAnswer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- each test knows what it has asked for
  readonly data: any;
  readonly errors: readonly GraphError[];
}

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** The whole server on a database of its own, with everything it was given. */
export interface GraphServer extends AsyncDisposable {
  readonly connection: TestConnection;
  readonly database: Database;
  readonly feed: EventFeed;
  readonly readThrough: ReadThrough;
  readonly server: Server;
  readonly url: string;
  /** Statements sent since the last call, tenant settings left out. */
  takeStatements(): readonly string[];
  /** Everything logged so far. */
  readonly logged: () => string;
  query(query: string, options?: QueryOptions): Promise<GraphAnswer>;
}

export interface QueryOptions {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborted when the client hangs up. */
  readonly signal?: AbortSignal;
}

/** No test of reads calls one. */
const NO_USE_CASES = new Proxy({} as UseCases, {
  get: (_target, name) => () =>
    Promise.reject(new ServiceError("OVERLOADED", `no engine in this test: ${String(name)}`)),
});

export interface GraphServerOptions extends Partial<ServerOptions> {
  /** What read-through asks. Default: no source is configured. */
  readonly sources?: readonly Source[];
  /** Told when objects of a source are to be fetched again. */
  readonly onDoubts?: (sourceId: string) => void;
}

/** @param migrated where else than on the test run's own server */
export async function useGraphServer(
  { sources = [], onDoubts = () => undefined, ...options }: GraphServerOptions = {},
  migrated?: { readonly connection: TestConnection; close(): Promise<void> },
): Promise<GraphServer> {
  const held = migrated ?? (await useDatabase({ template: async (connection) => void (await migrate(connection)) }));
  const { connection } = held;
  let statements: string[] = [];
  const database = createDatabase({ connection, max: 10, onStatement: (text) => statements.push(text) });
  const feed = createEventFeed({ database });
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const log = pino({ level: "debug" }, sink);
  const byId = new Map(sources.map((source) => [source.id, source]));
  const readThrough = createReadThrough({ db: database, sources: byId, log, onDoubts });
  const server = await createServer({
    host: "127.0.0.1",
    port: 0,
    auth: { kind: "development" },
    tenants: ["acme", "umbrella"],
    database,
    events: feed,
    useCases: NO_USE_CASES,
    readThrough,
    webhooks: { sources, publicUrl: undefined },
    log,
    registry: new Registry(),
    ...options,
  });
  return {
    connection,
    database,
    feed,
    readThrough,
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
      await readThrough.close();
      await feed.close();
      await database.close();
      await held.close();
    },
  };
}

/** Sends a body to `/graphql` as a client of ours would. */
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
    signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
  });
  const text = await response.text();
  const { data = null, errors = [] } = JSON.parse(text) as Partial<GraphAnswer>; // of our own server
  return { status: response.status, data, errors };
}
