import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { request } from "node:http";
import { connect } from "node:net";
import { promisify } from "node:util";
import { WebSocket } from "ws";
import { createServedTenants } from "../../../src/runtime/served-tenants.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { createServer } from "../../../src/server/create-server.ts";
import { openEmbeddedPostgres } from "../../../src/store/embedded/embedded-postgres.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { useDataDir } from "../../helpers/use-embedded.ts";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import { type GraphServer, post, useGraphServer } from "../../helpers/graph-server.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { pino } from "pino";
import { Registry } from "prom-client";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { useDashboardBundle } from "../../helpers/dashboard-page.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
});
afterAll(async () => graph[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${graph.url}${path}`, { headers, redirect: "manual", signal: AbortSignal.timeout(WAIT_LIMIT_MS) });

/** A request with a Host header of its own, which `fetch` would not send. */
async function statusWithHost(host: string, path = "/graphql", method = "POST", url = graph.url): Promise<number> {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ query: "{ __typename }" });
  const headers = { host, "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, timeout: 10_000 }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

describe("errors of the server", () => {
  test("a body that is not JSON gets 400 and no stack", async () => {
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

  test("GraphQL's own errors keep their messages and get a code", async () => {
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

  test("every error has a code, whether to retry, and the request's id", async () => {
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

  test.each([
    "graphql-transport-ws at /graphql, /graphql/ws or /ws",
    "(Accept: text/event-stream)",
    '(Accept: multipart/mixed;subscriptionSpec="1.0")',
  ])("a subscription over plain HTTP is refused with a list of the transports: %s", async (transport) => {
    const answer = await graph.query("subscription { syncEvents { cursor } }");
    expect(answer).toMatchObject({
      status: 400,
      errors: [
        {
          message: expect.stringContaining(transport),
          extensions: { code: "SUBSCRIPTION_TRANSPORT_UNSUPPORTED" },
        },
      ],
    });
  });

  test("an unexpected error is reported as internal error, and is logged with its request id", async () => {
    const runId = newOperationId("SyncRun", 1);
    await graph.database.transaction("acme", (tx) =>
      tx.query(
        `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
         values ('acme', $1, 'stripe-main', 'FULL', 'NO_SUCH_TRIGGER', 'QUEUED', now(), 0)`,
        [runId],
      ),
    );
    const { data, errors } = await graph.query(`{ syncRun(id: "${runId}") { id trigger } }`, {
      headers: { "x-request-id": "odd-1" },
    });
    expect(data).toEqual({ syncRun: null });
    expect(errors).toMatchObject([{ message: "internal error", extensions: { code: "INTERNAL", requestId: "odd-1" } }]);
    const line = graph
      .logged()
      .split("\n")
      .find((text) => text.includes("odd-1") && text.includes("internal error"));
    expect(line).toContain("NO_SUCH_TRIGGER");
  });

  test("a path that is not a valid URL gets 400 in the same shape", async () => {
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
  test("only requests to loopback hosts are answered: a page whose host name resolves to this address is refused", async () => {
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

  test.each([
    ["GET", "/"],
    ["GET", "/graphql?query=%7B__typename%7D"],
    ["GET", "/metrics"],
    ["GET", "/healthz"],
    ["GET", "/readyz"],
    ["GET", "/graphiql/page.js"],
    ["GET", "/nowhere"],
    ["POST", "/webhooks/main"],
    ["PUT", "/files/main"],
    ["OPTIONS", "/graphql"],
  ])("the Host header is checked on every path: %s %s", async (method, path) => {
    expect(await statusWithHost("evil.example", path, method)).toBe(403);
  });

  test("the host of PUBLIC_URL is accepted too, for webhooks alone", async () => {
    const migrated = { connection: graph.connection, close: async () => undefined };
    const webhooks = { sources: registryOf([]), publicUrl: "https://hooks.example/sluice" };
    await using own = await useGraphServer(
      { webhooks, routes: (app) => void app.post("/webhooks/main", () => ({ received: true })) },
      migrated,
    );
    const status = (host: string, path: string) => statusWithHost(host, path, "POST", own.url);
    expect(await status("hooks.example", "/webhooks/main")).toBe(200);
    expect(await status("evil.example", "/webhooks/main")).toBe(403);
    expect(await status("hooks.example", "/graphql")).toBe(403);
  });
});

describe("GraphiQL", () => {
  const asBrowser = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "accept-encoding": "gzip, br" };

  test("comes from this process: neither the page nor its policy names another host", async () => {
    const response = await get("/graphql", asBrowser);
    const page = await response.text();
    expect(response.headers.get("content-type")).toMatch("text/html");
    const policy = response.headers.get("content-security-policy") ?? "";
    const { host } = new URL(graph.url);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy.match(/[a-z]+:\/\/[^ ;]+/g)).toEqual([`ws://${host}`, `wss://${host}`]);
    const links = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link);
    expect(links.filter((link) => link !== "data:,")).toHaveLength(7);
    expect(
      links.every((link) => link === "data:," || /^\/graphiql\/[a-z-]+-[0-9a-f]{16}\.(js|css)$/.test(link ?? "")),
    ).toBe(true);
  });

  test("loads files that are compressed, and kept by the browser for ever", async () => {
    const page = await (await get("/graphql", asBrowser)).text();
    const paths = [...page.matchAll(/(?:src|href)="(\/graphiql[^"]*)"/g)].map(([, path = ""]) => path);
    for (const path of paths) {
      const plain = await get(path, { "accept-encoding": "identity, br;q=0" });
      const text = await plain.text();
      expect([plain.status, plain.headers.get("content-encoding")]).toEqual([200, null]);
      expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      for (const encoding of ["br", "gzip"]) {
        const packed = await get(path, { "accept-encoding": encoding });
        expect(packed.headers.get("content-encoding")).toBe(encoding);
        expect(Number(packed.headers.get("content-length"))).toBeLessThan(text.length);
        expect((await packed.text()) === text).toBe(true);
      }
    }
    expect((await get("/graphiql/page-0000000000000000.js")).status).toBe(404);
    expect(await statusWithHost("evil.example", paths[0], "GET")).toBe(403);
  });

  test("is answered 304 to a browser that has the page", async () => {
    const first = await get("/graphql", asBrowser);
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const etag = first.headers.get("etag") ?? "";
    const again = await get("/graphql", { ...asBrowser, "if-none-match": `"other", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    expect((await get("/graphql", { ...asBrowser, "if-none-match": '"other"' })).status).toBe(200);
  });

  test("is not what a client gets that requests JSON", async () => {
    const json = await get("/graphql?query={__typename}", {
      accept: "application/json",
      "apollo-require-preflight": "1",
    });
    expect(await json.json()).toEqual({ data: { __typename: "Query" } });
  });
});

describe("the dashboard", () => {
  const migrated = () => ({ connection: graph.connection, close: async () => undefined });

  test("is served at / from this process alone, with files that are compressed and kept for ever", async () => {
    await using folder = await useDashboardBundle();
    await using own = await useGraphServer({ dashboardFolder: folder.path }, migrated());
    const page = await fetch(`${own.url}/`);
    const { host } = new URL(own.url);
    const policy = page.headers.get("content-security-policy") ?? "";
    expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-cache"]);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain("unsafe");
    expect(policy.match(/[a-z]+:\/\/[^ ;]+/g)).toEqual([`ws://${host}`, `wss://${host}`]);
    const paths = [...(await page.text()).matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path = ""]) => path);
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      expect(path).toMatch(/^\/assets\/[\w-]+\.(js|css|svg)$/);
      const plain = await fetch(`${own.url}${path}`, { headers: { "accept-encoding": "identity" } });
      const text = await plain.text();
      expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      const packed = await fetch(`${own.url}${path}`, { headers: { "accept-encoding": "br" } });
      expect(packed.headers.get("content-encoding")).toBe("br");
      expect((await packed.text()) === text).toBe(true);
    }
    expect((await fetch(`${own.url}/assets/unknown-00000000.js`)).status).toBe(404);
  });

  test("that was not built says how to build it", async () => {
    await using own = await useGraphServer({ dashboardFolder: "/nowhere" }, migrated());
    const answer = await fetch(`${own.url}/`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([503, "text/plain; charset=utf-8"]);
    expect(await answer.text()).toContain("run `npm install && npm run build:dashboard`");
  });
});

describe("compression", () => {
  const query = JSON.stringify({
    query: `{ ${Array.from({ length: 100 }, (_, n) => `name${n}: __typename`).join(" ")} }`,
  });
  const send = (body: string, encoding: string) =>
    fetch(`${graph.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "accept-encoding": encoding },
      body,
    });

  test.each([
    ["br, gzip", "gzip"],
    ["gzip;q=1.0, *;q=0", "gzip"],
    ["br, gzip;q=0", null],
    ["identity", null],
    ["deflate", null],
  ])("an answer above 1 KiB to `accept-encoding: %s` has the coding %s", async (accepted, coding) => {
    const response = await send(query, accepted);
    expect(response.headers.get("content-encoding")).toBe(coding);
    expect(response.headers.get("vary")).toBe("accept, accept-encoding");
    const text = await response.text();
    expect(Object.keys((JSON.parse(text) as { data: object }).data)).toHaveLength(100);
    const bytes = Number(response.headers.get("content-length"));
    expect(bytes === text.length).toBe(coding === null);
  });

  test("a short answer, the metrics and the probes are sent as they are", async () => {
    expect((await send(JSON.stringify({ query: "{ __typename }" }), "br")).headers.get("content-encoding")).toBeNull();
    for (const path of ["/metrics", "/healthz", "/readyz"])
      expect((await get(path, { "accept-encoding": "br, gzip" })).headers.get("content-encoding")).toBeNull();
  });
});

describe("bytes that are not HTTP", () => {
  async function raw(text: string): Promise<string> {
    const socket = connect(Number(new URL(graph.url).port), "127.0.0.1", () => socket.write(text));
    let answer = "";
    for await (const chunk of socket.setEncoding("utf8")) answer += String(chunk);
    return answer;
  }

  test.each([
    ["a request line without a version", "GET\r\n\r\n", 400, "BAD_REQUEST"],
    [
      "too large headers",
      `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`,
      431,
      "HEADERS_TOO_LARGE",
    ],
    ["a path of 5 MB", `GET /${"x".repeat(5_000_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431, "HEADERS_TOO_LARGE"],
    ["no Host header", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "BAD_REQUEST"],
    [
      "an unknown expectation",
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nExpect: nothing\r\n\r\n",
      417,
      "EXPECTATION_FAILED",
    ],
    [
      "two lengths of one body",
      "POST /graphql HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
      400,
      "BAD_REQUEST",
    ],
    [
      "an upgrade on another path",
      "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\nX-Request-Id: up-1\r\n\r\n",
      404,
      "NOT_FOUND",
    ],
  ])("%s: the answer has the shape of all errors", async (_name, text, status, code) => {
    const [head = "", body = ""] = (await raw(text)).split("\r\n\r\n");
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const { errors } = JSON.parse(body) as { errors: { extensions: { requestId: string } }[] }; // from our own server
    expect(errors).toMatchObject([{ message: expect.any(String), extensions: { code, retryable: false } }]);
    expect(head).toContain(`x-request-id: ${errors[0]?.extensions.requestId}`);
  });
});

describe("a client that disconnects", () => {
  test("aborts the reading for its query (F103)", async () => {
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
    // After the read that was locked; later reads have begun before this one is answered.
    expect((await graph.query("{ sources { nodes { lastSuccessAt } } }")).errors).toEqual([]);
    expect(graph.takeStatements().filter((text) => text.includes("from stream_states"))).toEqual([]);
  });
});

describe("subscriptions of the server", () => {
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

describe("operation of the server", () => {
  test("/healthz, /readyz and /metrics answer", async () => {
    expect(await (await get("/healthz")).json()).toEqual({ status: "ok" });
    expect(await (await get("/readyz")).json()).toEqual({ status: "ready" });
    await graph.query("{ __typename }");
    const metrics = await (await get("/metrics")).text();
    expect(metrics).toMatch(/sluice_http_request_duration_seconds_count\{route="\/graphql",status="200"\} [1-9]/);
    expect(metrics).toMatch(/sluice_graphql_operations_total\{type="query",outcome="ok"\} [1-9]/);
  });

  test("the log has a line for each request, with neither tokens nor query texts", async () => {
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

  test("is not ready when the database is unavailable, and ready again when it is back", async () => {
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
      tenants: createServedTenants(["acme"]),
      database,
      reads: {} as never,
      checkCommit: () => Promise.resolve(),
      events: graph.feed,
      useCases: {} as never,
      readThrough: {} as never,
      webhooks: { sources: registryOf([]), publicUrl: undefined },
      log: pino({ level: "silent" }),
      registry: new Registry(),
      metrics: { port: undefined, token: undefined },
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
