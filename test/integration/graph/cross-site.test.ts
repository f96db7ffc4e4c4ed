import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Client, fetchExchange } from "@urql/core";
import { WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer();
});
afterAll(async () => graph[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${graph.url}${path}`, { headers, redirect: "manual", signal: AbortSignal.timeout(WAIT_LIMIT_MS) });

describe("requests that a page of another site can cause", () => {
  test.each([
    ["text/plain", "{BODY}"],
    ["text/plain; charset=application/json", "{BODY}"],
    ["application/x-www-form-urlencoded", "query={QUERY}"],
    [
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{BODY}\r\n--x--\r\n',
    ],
    [undefined, "{BODY}"],
  ])("F90: a mutation by a form of another site is refused unread: %s", async (type, template) => {
    const query = 'mutation { pauseSource(id: "main") { id } }';
    const text = template.replace("{BODY}", JSON.stringify({ query })).replace("{QUERY}", encodeURIComponent(query));
    const headers = { origin: "https://evil.example", ...(type !== undefined && { "content-type": type }) };
    const response = await fetch(`${graph.url}/graphql`, { method: "POST", headers, body: Buffer.from(text) });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "UNSUPPORTED_MEDIA_TYPE" } }] });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("F90: a mutation by GET is refused, also with the header that a form cannot set", async () => {
    const path = `/graphql?query=${encodeURIComponent('mutation { pauseSource(id: "main") { id } }')}`;
    expect((await get(path)).status).toBe(400);
    const preflighted = await get(path, { "apollo-require-preflight": "1", accept: "application/json" });
    expect([preflighted.status, preflighted.headers.get("allow")]).toEqual([405, "POST"]);
    expect(JSON.stringify(await preflighted.json())).not.toContain('pauseSource":');
  });

  test("F90: another site's page gets no permission to send more than a form", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "PUT" };
    for (const path of ["/graphql", "/files/main"]) {
      const response = await fetch(`${graph.url}${path}`, { method: "OPTIONS", headers });
      expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      expect(response.status).toBe(404);
    }
  });

  test.each<[string, Record<string, string>, number]>([
    ["of a program that names a GraphQL media type", { accept: "application/graphql-response+json, */*" }, 200],
    ["of a page of this service", { "sec-fetch-site": "same-origin" }, 200],
    ["with a header that needs permission", { "graphql-require-preflight": "1" }, 200],
    ["of a program that asks for anything", { accept: "*/*" }, 400],
    [
      "of another site's page, whatever it accepts",
      { accept: "application/graphql-response+json", "sec-fetch-site": "cross-site" },
      400,
    ],
    [
      "of another site's page in a browser that does not say so",
      { accept: "application/graphql-response+json", origin: "https://evil.example" },
      400,
    ],
  ])("F90: a query by GET %s gets the expected status", async (_of, headers, status) => {
    const response = await get(`/graphql?query=${encodeURIComponent("{ __typename }")}`, { accept: "*/*", ...headers });
    const text = await response.text();
    expect([response.status, text.includes("apollo-require-preflight")]).toEqual([status, status === 400]);
  });

  test("urql with its default settings, which queries by GET, is answered", async () => {
    const methods: (string | undefined)[] = [];
    const watched: typeof fetch = (input, init) => {
      methods.push(init?.method);
      return fetch(input, init);
    };
    const client = new Client({ url: `${graph.url}/graphql`, exchanges: [fetchExchange], fetch: watched });
    expect(await client.query("{ sources { nodes { id } } }", {}).toPromise()).toMatchObject({
      data: { sources: { nodes: [] } },
    });
    expect(methods).toEqual(["GET"]);
  });

  test("a form of another site is refused, and so is a GET from a link", async () => {
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
