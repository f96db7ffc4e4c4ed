import { afterEach, beforeAll, afterAll, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { get } from "node:http";
import type { MetricsSettings } from "../../../src/server/serve-metrics.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const SECRET = "a secret of thirty-two characters";
const TOKEN = "a-token-for-metrics";
const AUTH = { kind: "secret", secret: SECRET } as const;

let store: TestStore;
let graph: GraphServer | undefined;
beforeAll(async () => {
  store = await useStore();
});
afterEach(async () => graph?.[Symbol.asyncDispose]());
afterAll(async () => store[Symbol.asyncDispose]());

async function start(
  host: string,
  settings: Partial<MetricsSettings>,
  auth: "with AUTH" | "without AUTH" = "with AUTH",
) {
  const metrics = { port: undefined, token: undefined, ...settings };
  const migrated = { connection: store.connection, close: async () => undefined };
  graph = await useGraphServer({ host, metrics, ...(auth === "with AUTH" && { auth: AUTH }) }, migrated);
  return { main: reachable(graph.url), metrics: reachable(graph.server.metricsUrl), logged: graph.logged };
}

/** A server on every address of the machine is reached on the loopback one. */
const reachable = (url: string): string => url.replace("0.0.0.0", "127.0.0.1");

async function statusOf(url: string, token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(20_000) });
  const text = await response.text();
  expect(text.includes("sluice_http_request_duration_seconds")).toBe(response.status === 200);
  return response.status;
}

describe("on a public host with authentication", () => {
  test("/metrics is not served on the main port without a metrics token, and the log says what to set", async () => {
    const { main, logged } = await start("0.0.0.0", {});
    const refusal = "/metrics is not served with authentication until METRICS_TOKEN, METRICS_PORT, or both are set";
    const response = await fetch(`${main}/metrics`);
    expect([response.status, await response.json()]).toMatchObject([
      403,
      { errors: [{ message: refusal, extensions: { code: "FORBIDDEN" } }] },
    ]);
    expect(logged()).toContain(refusal);
  });

  test("/metrics needs the metrics token on the main port; a caller's own token is not enough", async () => {
    const { main, logged } = await start("0.0.0.0", { token: TOKEN });
    const jwt = await new SignJWT({ tenant: "acme", scope: "read sync write admin" })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime("5m")
      .sign(new TextEncoder().encode(SECRET));
    expect(await statusOf(`${main}/metrics`)).toBe(401);
    expect(await statusOf(`${main}/metrics`, jwt)).toBe(401);
    expect(await statusOf(`${main}/metrics`, `${TOKEN}x`)).toBe(401);
    expect(await statusOf(`${main}/metrics`, TOKEN)).toBe(200);
    const refused = await fetch(`${main}/metrics`);
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    expect(await refused.json()).toMatchObject({
      errors: [{ extensions: { code: "UNAUTHENTICATED", requestId: expect.stringMatching(/.+/) } }],
    });
    expect(logged()).not.toContain(TOKEN);
    expect(logged()).not.toContain('"level":40');
  });

  test("/metrics has a port of its own, which the log calls open without a token, and closes with the server", async () => {
    const { main, metrics, logged } = await start("0.0.0.0", { port: 0 });
    expect(new URL(metrics).port).not.toBe(new URL(main).port);
    expect(await statusOf(`${main}/metrics`)).toBe(404);
    expect(await statusOf(metrics)).toBe(200);
    expect(await statusOf(metrics.replace("/metrics", "/graphql"))).toBe(404);
    expect(logged()).toContain("anyone who reaches this port can read /metrics");
    await graph?.[Symbol.asyncDispose]();
    graph = undefined;
    await expect(fetch(metrics)).rejects.toThrow("fetch failed");
  });

  test("the port of its own needs the token where one is set, and the log has nothing to say", async () => {
    const { metrics, logged } = await start("0.0.0.0", { port: 0, token: TOKEN });
    expect([await statusOf(metrics), await statusOf(metrics, TOKEN)]).toEqual([401, 200]);
    expect(logged()).not.toContain('"level":40');
  });
});

describe("on loopback", () => {
  test("without authentication, /metrics is open to requests whose Host is this machine", async () => {
    const { main } = await start("127.0.0.1", {}, "without AUTH");
    expect(await statusOf(`${main}/metrics`)).toBe(200);
    expect(await statusWithHost(`${main}/metrics`, "rebound.example")).toBe(403);
  });

  test("without authentication, its own port answers requests whose Host is this machine alone", async () => {
    const { metrics } = await start("127.0.0.1", { port: 0 }, "without AUTH");
    expect([await statusOf(metrics), await statusWithHost(metrics, "rebound.example")]).toEqual([200, 403]);
  });

  test("with authentication, /metrics is not open: a proxy on the same machine lets everyone through", async () => {
    const { main } = await start("127.0.0.1", {});
    expect(await statusOf(`${main}/metrics`)).toBe(403);
  });

  test("/metrics needs the token where one is set", async () => {
    const { main } = await start("127.0.0.1", { token: TOKEN }, "without AUTH");
    expect([await statusOf(`${main}/metrics`), await statusOf(`${main}/metrics`, TOKEN)]).toEqual([401, 200]);
  });
});

/** `fetch` does not send another Host header than the address's. */
function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host }, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

describe("F112: whatever callers send", () => {
  /** Series of our own metrics, without their values. */
  async function series(main: string): Promise<ReadonlySet<string>> {
    const text = await (await fetch(`${main}/metrics`)).text();
    const lines = text.split("\n").filter((line) => line.startsWith("sluice_"));
    return new Set(lines.map((line) => line.slice(0, line.lastIndexOf(" "))));
  }

  async function attack(main: string, round: string): Promise<void> {
    const operations = [
      `query q${round} { __typename }`,
      `query q${round} { payment(id: "${round}") { id } }`,
      `query q${round} { x${round} }`,
      `mutation m${round} { pauseSource(id: "${round}") { id } }`,
      `subscription s${round} { syncEvents { cursor } }`,
      `${round} {`,
    ];
    const headers = { "content-type": "application/json", "x-request-id": round, "user-agent": round };
    for (const query of operations)
      await fetch(`${main}/graphql`, {
        method: "POST",
        headers,
        body: JSON.stringify({ query, operationName: `q${round}` }),
      });
    for (const path of [
      `/${round}`,
      `/files/${round}`,
      `/graphiql/${round}`,
      `/graphql/${round}?${round}=1`,
      `/%zz${round}`,
    ])
      await fetch(main + path, { headers: { accept: round } });
    await fetch(`${main}/files/${round}`, { method: "PUT", body: round });
    await fetch(`${main}/webhooks/${round}`, { method: "POST", headers: { "stripe-signature": round }, body: round });
    await fetch(main, { method: `X${round}`.toUpperCase() }).catch(() => undefined); // not a method of HTTP: Node closes
  }

  test("the metrics have the same series after it as after its first time", async () => {
    const { main } = await start("127.0.0.1", {}, "without AUTH");
    await attack(main, "a0");
    await series(main);
    const before = await series(main);
    for (let round = 1; round <= 20; round += 1) await attack(main, `r${round}x${"z".repeat(round)}`);
    const after = await series(main);
    expect([...after].filter((name) => !before.has(name))).toEqual([]);
    expect([...after].filter((name) => /r\d+x/.test(name))).toEqual([]);
    expect(after.size).toBeLessThan(400);
  });
});
