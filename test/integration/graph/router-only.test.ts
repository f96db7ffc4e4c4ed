import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import { registerFileRoutes } from "../../../src/server/files.ts";
import { type GraphServer, post, useGraphServer } from "../../helpers/graph-server.ts";
import { openStream, STREAM_FORMATS } from "../../helpers/http-stream.ts";
import { openRawSocket } from "../../helpers/raw-socket.ts";

const SECRET = "a secret of thirty-two characters";
const [CURRENT, EARLIER] = ["the-current-secret-of-the-router", "the-earlier-secret-of-the-router"];
const QUERY = "{ sources { nodes { id } } }";
const EVENTS = "subscription { syncEvents { __typename } }";
const REFUSED = { code: "ROUTER_SECRET_REQUIRED", retryable: false };

let graph: GraphServer;
let authorization: string;
beforeAll(async () => {
  graph = await useGraphServer({
    auth: { kind: "secret", secret: SECRET },
    routerSecrets: [CURRENT, EARLIER],
    routersOnly: true,
    routes: (app, tools) =>
      registerFileRoutes(app, {
        ...tools,
        files: { maxBytes: () => Promise.reject(new Error("not reached")), take: never, open: never },
        now: Date.now,
      }),
  });
  const token = new SignJWT({ tenant: "acme", scope: "read" }).setProtectedHeader({ alg: "HS256" });
  authorization = `Bearer ${await token.setExpirationTime("5m").sign(new TextEncoder().encode(SECRET))}`;
});
afterAll(async () => graph[Symbol.asyncDispose]());

const never = (): never => {
  throw new Error("not reached");
};

describe("a graph for its gateway alone", () => {
  test("answers a request with the secret, or the earlier one, and a token", async () => {
    for (const secret of [CURRENT, EARLIER])
      expect(await post(graph.url, { query: QUERY }, { authorization, "x-router-secret": secret })).toMatchObject({
        status: 200,
        errors: [],
      });
    expect(await post(graph.url, { query: QUERY }, { "x-router-secret": CURRENT })).toMatchObject({
      status: 401,
      errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
    });
  });

  test.each([
    ["no secret", {}],
    ["an empty one", { "x-router-secret": "" }],
    ["another one", { "x-router-secret": `${CURRENT.slice(0, -1)}x` }],
    ["a longer one", { "x-router-secret": `${CURRENT}x` }],
    ["the secret as a token", { authorization: `Bearer ${CURRENT}` }],
  ])("refuses a request with %s with 401, whatever its token and method", async (_name, headers) => {
    const all = { authorization, ...headers };
    expect(await post(graph.url, { query: QUERY }, all)).toMatchObject({
      status: 401,
      errors: [{ extensions: REFUSED }],
    });
    expect((await post(graph.url, { query: QUERY }, headers)).errors[0]?.extensions.code).toBe(REFUSED.code);
    const get = await fetch(`${graph.url}/graphql?query=${encodeURIComponent(QUERY)}`, { headers: all });
    expect([get.status, await get.text()]).toEqual([401, expect.stringContaining(REFUSED.code)]);
    for (const kind of STREAM_FORMATS) {
      await using stream = await openStream({ url: graph.url, kind, body: { query: EVENTS }, headers: all });
      expect([stream.status, await stream.text()]).toEqual([401, expect.stringContaining(REFUSED.code)]);
    }
    const callback = { accept: 'application/json;callbackSpec="1.0"', ...all };
    expect((await post(graph.url, { query: EVENTS }, callback)).status).toBe(401);
  });

  test("closes a WebSocket without the secret with 4403, and takes it from the upgrade or connection_init", async () => {
    const url = `${graph.url.replace("http", "ws")}/graphql/ws`;
    const refused = await openRawSocket({ url, headers: { authorization } });
    refused.send({ type: "connection_init", payload: { "x-router-secret": "wrong", authorization } });
    expect(await refused.closed()).toBe(4403);
    for (const [headers, payload] of [
      [{ "x-router-secret": CURRENT }, { authorization }],
      [{}, { connectionParams: { Authorization: authorization, "X-Router-Secret": CURRENT } }],
    ] as const) {
      const client = await openRawSocket({ url, headers });
      client.send({ type: "connection_init", payload });
      expect((await client.message()).type).toBe("connection_ack");
      client.send({ type: "subscribe", id: "1", payload: { query: EVENTS } });
      expect((await client.message()).type).toBe("next");
      client.socket.terminate();
    }
  });

  test("serves health and files without the secret", async () => {
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(`${graph.url}${path}`)).status).toBe(200);
    const upload = await fetch(`${graph.url}/files/bank`, { method: "PUT", body: "x", headers: { authorization } });
    expect([upload.status, await upload.text()]).toEqual([403, expect.stringContaining("FORBIDDEN")]); // its scope
  });
});
