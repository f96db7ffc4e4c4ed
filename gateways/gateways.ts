import { ApolloGateway } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { createGatewayRuntime, getGraphQLWSOptions } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { parse, print } from "graphql";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Extra, useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { withoutScopes } from "../src/server/scopes-in-sdl.ts";
import { COMPOSERS, grafbasePath, writeGrafbaseConfig } from "./compose.ts";
import type { Subgraph } from "./subgraph.ts";
import type { GatewayPort } from "./gateway-port.ts";
import { readEvents } from "./read-events.ts";
import { type ClientTransport, hiveSettings, type Transport } from "./transports.ts";

export interface GatewayError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Response of a gateway. */
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GatewayError[];
}

/** A gateway that serves a supergraph. */
export interface Gateway {
  query(query: string): Promise<Answer>;
  /**
   * Subscribes until the signal is aborted. Undefined for a gateway without subscriptions.
   */
  readonly subscribe?: (query: string, signal: AbortSignal) => AsyncIterable<Answer>;
  /** URLs by the transports of clients that the gateway speaks. */
  readonly clientUrls: Readonly<Partial<Record<ClientTransport, string>>>;
  close(): Promise<void>;
}

export interface StartOptions {
  readonly subgraphs: readonly Subgraph[];
  /** Transport of subscriptions between the gateway and us. */
  readonly transport: Transport;
  /** Where a gateway listens that others call. */
  readonly port: GatewayPort;
  /** Origin at which we send it events by HTTP callback. Default: that of the port. */
  readonly callbackOrigin?: string;
}
export type StartGateway = (options: StartOptions) => Promise<Gateway>;

const QUERY_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 100;

async function supergraphOf(composer: string, subgraphs: readonly Subgraph[]): Promise<string> {
  const composition = await COMPOSERS[composer]?.(subgraphs);
  if (composition?.supergraph === undefined) throw new Error(`not composed: ${composition?.errors.join("; ")}`);
  return composition.supergraph;
}

/** It refuses every supergraph with `@requiresScopes`, which it cannot enforce: those must do without. */
const apollo: StartGateway = async ({ subgraphs }) => {
  const unscoped = subgraphs.map((subgraph) => ({ ...subgraph, sdl: print(withoutScopes(parse(subgraph.sdl))) }));
  const supergraphSdl = await supergraphOf("@apollo/composition", unscoped);
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl, logger }), logger });
  await server.start();
  return {
    async query(query) {
      const { body } = await server.executeOperation({ query });
      if (body.kind !== "single") throw new Error("expected one response");
      return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
    },
    clientUrls: {},
    close: () => server.stop(),
  };
};

const hiveWith =
  (options: Partial<Parameters<typeof createGatewayRuntime>[0]>, composer: string): StartGateway =>
  async ({ subgraphs, transport, port, callbackOrigin = port.origin }) => {
    const runtime = createGatewayRuntime({
      supergraph: await supergraphOf(composer, subgraphs),
      ...hiveSettings(transport, subgraphs, callbackOrigin),
      logging: false,
      ...options,
    } as Parameters<typeof createGatewayRuntime>[0]); // the union of its forms cannot be spread
    await runtime.getSchema(); // the first WebSocket needs it, and requests alone would load it
    const client: Client = { send: (request) => runtime.fetch(request), url: "http://gateway/graphql" };
    const sockets = new WebSocketServer({ noServer: true });
    useServer(
      getGraphQLWSOptions(runtime, ({ extra }) => ({ ...(extra as Extra) })),
      sockets,
    );
    const leave = port.serve({
      request: runtime,
      upgrade: (request, socket, head) =>
        sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened, request)),
    });
    const url = `${port.origin}/graphql`;
    return {
      clientUrls: { sse: url, webSocket: url },
      query: (query) => postTo(client, query),
      subscribe: (query, signal) => subscribeTo(client, query, signal),
      async close() {
        leave();
        for (const socket of sockets.clients) socket.terminate();
        await runtime[Symbol.asyncDispose]();
      },
    };
  };

const grafbase: StartGateway = async ({ subgraphs, transport }) => {
  const config = await writeGrafbaseConfig(subgraphs, transport);
  const port = await freePort();
  const args = ["dev", "--config", config.path, "--listen-address", `127.0.0.1:${port}`];
  const child = spawn(grafbasePath ?? "", args, { cwd: config.folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += String(data)));
  const url = `http://127.0.0.1:${port}/graphql`;
  const close = async (): Promise<void> => {
    await endProcess(child);
    await config[Symbol.asyncDispose]();
  };
  try {
    await answers(url, child);
  } catch (reason) {
    await close();
    throw new Error(`grafbase did not start: ${output.slice(-1_000)}`, { cause: reason });
  }
  return {
    clientUrls: { sse: url, multipart: url, webSocket: url.replace("/graphql", "/ws") },
    query: (query) => postTo({ send: fetch, url }, query),
    subscribe: (query, signal) => subscribeTo({ send: fetch, url }, query, signal),
    close,
  };
};

/** Gateways by name. */
export const GATEWAYS: Readonly<Record<string, StartGateway>> = {
  "@apollo/gateway": apollo,
  "@graphql-hive/gateway-runtime": hiveWith({}, "@theguild/federation-composition"),
  "@graphql-hive/router-runtime": hiveWith({ unifiedGraphHandler } as object, "@apollo/composition"),
  ...(grafbasePath !== undefined && { grafbase }),
};

/** Where and how requests are sent. */
export interface Client {
  readonly send: (request: Request) => Promise<Response> | Response;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function requestOf({ url, headers }: Client, query: string, accept: string, signal: AbortSignal): Request {
  const all = { "content-type": "application/json", accept, ...headers };
  return new Request(url, { method: "POST", headers: all, body: JSON.stringify({ query }), signal });
}

/** Posts a query to a GraphQL endpoint. */
export async function postTo(client: Client, query: string): Promise<Answer> {
  const signal = AbortSignal.timeout(QUERY_TIMEOUT_MS);
  const response = await client.send(requestOf(client, query, "application/json", signal));
  return (await response.json()) as Answer;
}

/** Subscribes at a GraphQL endpoint by server-sent events. */
export async function* subscribeTo(client: Client, query: string, signal: AbortSignal): AsyncGenerator<Answer> {
  const response = await client.send(requestOf(client, query, "text/event-stream", signal));
  if (response.body === null || !(response.headers.get("content-type") ?? "").includes("event-stream")) {
    throw new Error(`expected a stream, got ${response.status} ${await response.text()}`);
  }
  yield* readEvents(response.body) as AsyncGenerator<Answer>;
}

/** Returns a port that has just been free. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadlineMs && child.exitCode === null) {
    const answer = await postTo({ send: fetch, url }, "{ __typename }").catch(() => undefined);
    if (answer?.data !== undefined) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error("no answer");
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
}
