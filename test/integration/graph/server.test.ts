import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { request } from "node:http";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { appendEvents } from "../../../src/events/append.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { createServer } from "../../../src/server/create-server.ts";
import { openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { useDataDir } from "../../helpers/use-embedded.ts";
import { type GraphServer, post, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { pino } from "pino";
import { Registry } from "prom-client";
import { eventually } from "../../helpers/eventually.ts";

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
});
afterAll(async () => graph[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${graph.url}${path}`, { headers, redirect: "manual", signal: AbortSignal.timeout(10_000) });

/** A request with a Host header of its own, which `fetch` would not send. */
async function statusWithHost(host: string, path = "/graphql"): Promise<number> {
  const { hostname, port } = new URL(graph.url);
  const body = JSON.stringify({ query: "{ __typename }" });
  const headers = { host, "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method: "POST", headers, timeout: 10_000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("errors", () => {
  test("a body that is no JSON gets 400 and no stack", async () => {
    const answer = await post(graph.url, "{ not json");
    expect(answer).toMatchObject({
      status: 400,
      errors: [{ message: "the body is not valid JSON", extensions: { code: "BAD_REQUEST" } }],
    });
    expect(JSON.stringify(answer)).not.toMatch(/\.ts|\.js|at /);
  });

  test("a body above 1 MiB gets 413", async () => {
    const answer = await post(graph.url, { query: `{ __typename } # ${"x".repeat(1024 * 1024)}` });
    expect(answer).toMatchObject({ status: 413, errors: [{ extensions: { code: "PAYLOAD_TOO_LARGE" } }] });
  });

  test("GraphQL's own errors keep their words and get a code", async () => {
    expect((await graph.query("{ nope }")).errors).toMatchObject(
      [{ message: /nope/, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }].map((error) => ({
        ...error,
        message: expect.stringMatching(error.message),
      })),
    );
    expect((await graph.query("{ payments(")).errors[0]?.extensions.code).toBe("GRAPHQL_PARSE_FAILED");
    expect(
      (await post(graph.url, { query: "query A { __typename } query B { __typename }" })).errors[0]?.extensions.code,
    ).toBe("OPERATION_RESOLUTION_FAILURE");
  });

  test("every error says what it is, whether to try again, and the request's id", async () => {
    const { errors } = await graph.query("{ payments(first: 0) { nodes { id } } }", {
      headers: { "x-request-id": "my-request-7" },
    });
    expect(errors).toEqual([
      {
        message: "first must be between 1 and 100, got 0",
        path: ["payments"],
        locations: expect.any(Array),
        extensions: {
          code: "INVALID_INPUT",
          cause: null,
          source: null,
          retryable: false,
          retryAfterMs: null,
          requestId: "my-request-7",
        },
      },
    ]);
    expect(
      (await graph.query("{ payments(first: 0) { nodes { id } } }", { headers: { "x-request-id": "<b>" } })).errors[0]
        ?.extensions["requestId"],
    ).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a subscription over plain HTTP is refused with the transports that there are", async () => {
    const answer = await graph.query("subscription { syncEvents { cursor } }");
    expect(answer).toMatchObject({
      status: 400,
      errors: [
        {
          message: expect.stringContaining("graphql-transport-ws at /graphql/ws"),
          extensions: { code: "SUBSCRIPTION_TRANSPORT_UNSUPPORTED" },
        },
      ],
    });
  });

  test("what nobody expected is called internal error, and is in the log with its request", async () => {
    await graph.database.transaction("acme", (tx) =>
      tx.query(
        "insert into sources (tenant_id, id, connector, status, status_since) values ('acme', 'odd', 'stripe', 'NO_SUCH_STATUS', now())",
      ),
    );
    const { data, errors } = await graph.query(`{ source(id: "odd") { id status } }`, {
      headers: { "x-request-id": "odd-1" },
    });
    expect(data).toEqual({ source: { id: "odd", status: null } });
    expect(errors).toMatchObject([{ message: "internal error", extensions: { code: "INTERNAL", requestId: "odd-1" } }]);
    const line = graph
      .logged()
      .split("\n")
      .find((text) => text.includes("odd-1") && text.includes("internal error"));
    expect(line).toContain("NO_SUCH_STATUS");
  });

  test("a path that is no URL gets 400 in the same shape", async () => {
    const response = await get("/%ff");
    expect([response.status, response.headers.get("content-type")]).toEqual([400, "application/json; charset=utf-8"]);
    expect(await response.json()).toMatchObject({
      errors: [{ message: "the path is not a valid URL", extensions: { code: "BAD_REQUEST" } }],
    });
  });

  test("an unknown path gets a JSON 404", async () => {
    const response = await get("/nowhere");
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "NOT_FOUND" } }] });
  });
});

describe("without authentication", () => {
  test("only loopback hosts are answered: a page that points its name at us is not", async () => {
    const port = new URL(graph.url).port;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, "127.9.9.9"]) {
      expect([host, await statusWithHost(host)]).toEqual([host, 200]);
    }
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      "127.0.0.1.evil.example",
      "localhost.evil.example",
      "10.0.0.1",
    ]) {
      expect([host, await statusWithHost(host)]).toEqual([host, 403]);
    }
  });

  test("a form of another site is refused, and so is a GET that a link could make", async () => {
    const form = await fetch(`${graph.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: `{"query":"{ __typename }"}`,
    });
    expect(form.status).toBeGreaterThanOrEqual(400);
    expect((await get(`/graphql?query=${encodeURIComponent("{ __typename }")}`)).status).toBe(400);
    expect(
      (await get(`/graphql?query=${encodeURIComponent("{ __typename }")}`, { "apollo-require-preflight": "1" })).status,
    ).toBe(200);
  });
});

describe("GraphiQL", () => {
  test("comes from this process: nothing in the page or its policy names another host", async () => {
    const response = await get("/graphql", { accept: "text/html,application/xhtml+xml,*/*;q=0.8" });
    const page = await response.text();
    expect(response.headers.get("content-type")).toMatch("text/html");
    const policy = response.headers.get("content-security-policy") ?? "";
    const { host } = new URL(graph.url);
    expect(policy).toContain("default-src 'none'");
    expect(policy.match(/[a-z]+:\/\/[^ ;]+/g)).toEqual([`ws://${host}`, `wss://${host}`]);
    const markup = page.replaceAll(/<script>[^]*<\/script>/g, "").replaceAll(/<style>[^]*<\/style>/g, "");
    expect(markup.match(/(src|href)="(?!data:)/g)).toBeNull();
    expect(page).toContain(`"subscriptionsEndpoint":"http://${host}/graphql/ws"`);
    expect(page.length).toBeGreaterThan(1_000_000);
  });

  test("is what / leads to; a client that asks for JSON gets none of it", async () => {
    const root = await get("/");
    expect([root.status, root.headers.get("location")]).toEqual([302, "/graphql"]);
    const json = await get("/graphql?query={__typename}", {
      accept: "application/json",
      "apollo-require-preflight": "1",
    });
    expect(await json.json()).toEqual({ data: { __typename: "Query" } });
  });
});

describe("a client that hangs up", () => {
  test("ends the reading for its query (F103)", async () => {
    await addSource({ database: graph.database, tenantId: "acme", sourceId: "stripe-main" });
    const locked = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const lock = graph.database.transaction("acme", async (tx) => {
      await tx.query("lock table sources in access exclusive mode");
      locked.resolve();
      await release.promise;
    });
    await locked.promise;
    graph.takeStatements();
    const { server } = graph.server.fastify;
    const connections = promisify(server.getConnections.bind(server));
    const query = encodeURIComponent("{ sources { nodes { id streams { stream } } } }");
    const headers = { "apollo-require-preflight": "1" };
    const sent = request(`${graph.url}/graphql?query=${query}`, { agent: false, headers });
    sent.on("error", () => undefined); // it is destroyed
    sent.end();
    await eventually("the list's read", () => graph.takeStatements().some((text) => text.includes("from sources")));
    const before = await connections();
    sent.destroy();
    await eventually("the end of its connection", async () => (await connections()) < before);
    release.resolve();
    await lock;
    // Behind the read that was locked; what would follow it has begun before this one is answered.
    expect((await graph.query("{ sources { nodes { lastSuccessAt } } }")).errors).toEqual([]);
    expect(graph.takeStatements().filter((text) => text.includes("from stream_states"))).toEqual([]);
  });
});

describe("subscriptions", () => {
  test("run over WebSocket at both paths of the same server", async () => {
    for (const path of ["/graphql/ws", "/ws"]) {
      const client = createClient({
        url: `${graph.url.replace("http", "ws")}${path}`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const events = client.iterate<{ syncEvents: { __typename: string; cursor: string } }>({
        query: "subscription { syncEvents { __typename cursor ... on RunStarted { run { id } } } }",
      });
      const first = await events.next();
      expect(first.value?.data?.syncEvents.__typename).toBe("StreamPosition");
      await graph.database.transaction("acme", (tx) =>
        appendEvents(tx, [{ sourceId: "stripe-main", body: { kind: "RunStarted", runId: "run_x" } }]),
      );
      const second = await events.next();
      expect(second.value?.data?.syncEvents).toMatchObject({ __typename: "RunStarted", run: null });
      const metrics = await (await get("/metrics")).text();
      expect(metrics).toMatch(/^sluice_websocket_sockets 1$/m);
      expect(metrics).toMatch(/^sluice_websocket_operations 1$/m);
      await events.return?.();
      await client.dispose();
    }
    await eventually("all sockets to be gone", () => graph.server.sockets.sockets === 0);
  });
});

describe("operation", () => {
  test("/healthz, /readyz and /metrics answer", async () => {
    expect(await (await get("/healthz")).json()).toEqual({ status: "ok" });
    expect(await (await get("/readyz")).json()).toEqual({ status: "ready" });
    await graph.query("{ __typename }");
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toMatch(/sluice_http_request_duration_seconds_count\{route="\/graphql",status="200"\} [1-9]/);
    expect(metrics).toMatch(/sluice_graphql_operations_total\{type="query",outcome="ok"\} [1-9]/);
  });

  test("the log has a line for each request, and neither tokens nor what is asked in it", async () => {
    const secret = "tok_5ecr3t";
    await graph.query(`{ payment(id: "${secret}") { id } }`, {
      variables: { secret },
      headers: { authorization: `Bearer ${secret}`, cookie: `session=${secret}`, "x-request-id": "logged-1" },
    });
    await get(`/graphql?query=${encodeURIComponent(`{ payment(id: "${secret}") { id } }`)}`, {
      "apollo-require-preflight": "1",
    });
    const line = await eventually("the request's line", () =>
      graph
        .logged()
        .split("\n")
        .find((text) => text.includes("logged-1")),
    );
    expect(JSON.parse(line)).toMatchObject({
      method: "POST",
      route: "/graphql",
      status: 200,
      tenant: "acme",
      requestId: "logged-1",
    });
    expect(line.match(/"requestId":/g)).toHaveLength(1);
    expect(graph.logged()).not.toContain(secret);
  });

  test("is not ready when the store is gone, and ready again when it is back", async () => {
    await using folder = await useDataDir();
    const open = () => openEmbeddedPostgres({ dataDir: folder.path, settings: { fsync: "off" } });
    const postgres = await open();
    await migrate(postgres.connection);
    await using own = await useGraphServer({}, postgres);
    const ready = async () => (await fetch(`${own.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    await postgres.close();
    expect(await ready()).toBe(503);
    expect((await fetch(`${own.url}/healthz`)).status).toBe(200);
    expect((await own.query("{ payments { nodes { id } } }")).errors).toMatchObject([
      { extensions: { code: "STORE_UNAVAILABLE", cause: "DATABASE", retryable: true, retryAfterMs: 1_000 } },
    ]);
    const again = await open();
    expect(await ready()).toBe(200);
    expect((await own.query("{ payments { nodes { id } } }")).errors).toEqual([]);
    await again.close();
  });

  test("does not start on a database that is not migrated", async () => {
    await using empty = await useDatabase();
    const database = createDatabase({ connection: empty.connection, max: 1 });
    const starting = createServer({
      host: "127.0.0.1",
      port: 0,
      auth: { kind: "development" },
      tenants: ["acme"],
      database,
      events: graph.feed,
      useCases: {} as never,
      readThrough: {} as never,
      webhooks: { sources: [], publicUrl: undefined },
      log: pino({ level: "silent" }),
      registry: new Registry(),
    });
    await expect(starting).rejects.toMatchObject({ code: "INTERNAL" });
    await database.close();
  });

  test("closes with a client that keeps its connection open", async () => {
    const own = await useGraphServer();
    await own.query("{ __typename }");
    const startedAt = performance.now();
    await own[Symbol.asyncDispose]();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    await expect(fetch(`${own.url}/healthz`)).rejects.toThrow("fetch failed");
  });
});
