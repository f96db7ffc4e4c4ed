import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";

const SECRET = "a-secret-of-routers-with-32-characters";
const ASK = { "apollo-federation-include-trace": "ftv1" };

let graph: GraphServer;
beforeAll(async () => {
  graph = await useGraphServer({ routerSecrets: [SECRET] });
});
afterAll(async () => graph[Symbol.asyncDispose]());

/** Extensions of the response to a query. */
async function extensionsFor(url: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: "{ sources { nodes { id } } }" }),
  });
  const { data, extensions } = (await response.json()) as { readonly data: unknown; readonly extensions?: unknown };
  expect(data).toEqual({ sources: { nodes: [] } });
  return extensions;
}

describe("a trace (ftv1)", () => {
  test("is in the response to a gateway that sends the secret and asks for it", async () => {
    const extensions = await extensionsFor(graph.url, { ...ASK, "x-router-secret": SECRET });
    expect(extensions).toEqual({ ftv1: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) });
    const { ftv1 } = extensions as { readonly ftv1: string };
    expect(Buffer.from(ftv1, "base64").toString("latin1")).toContain("sources");
  });

  test.each([
    ["asks without the secret", ASK],
    ["asks with another secret", { ...ASK, "x-router-secret": `${SECRET.slice(0, -1)}x` }],
    ["asks with an empty secret", { ...ASK, "x-router-secret": "" }],
    ["sends the secret and does not ask", { "x-router-secret": SECRET }],
  ])("is not in the response to a caller that %s", async (_name, headers) => {
    expect(await extensionsFor(graph.url, headers)).toBeUndefined();
  });

  test("is given to nobody without the setting", async () => {
    await using other = await useGraphServer();
    expect(await extensionsFor(other.url, { ...ASK, "x-router-secret": SECRET })).toBeUndefined();
    expect(await extensionsFor(other.url, { ...ASK, "x-router-secret": "" })).toBeUndefined();
  });
});
