import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type * as urql from "@urql/core";
import { SignJWT } from "jose";
import { useBrowser } from "../helpers/browser.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";
import { type LocalServer, startHttpServer } from "../helpers/local-server.ts";

const SECRET = "a secret of thirty-two characters";
/** Modules of urql as they are published, by the name that imports them. */
const MODULES = ["@urql/core", "wonka", "@0no-co/graphql.web"];
const { resolve } = createRequire(createRequire(import.meta.url).resolve("@urql/core"));

let used: Awaited<ReturnType<typeof useBrowser>>;
let pages: LocalServer;
let graph: GraphServer;
let open: GraphServer;
let token: string;
beforeAll(async () => {
  [used, pages] = await Promise.all([useBrowser(), startHttpServer(servePage)]);
  graph = await useGraphServer({ auth: { kind: "secret", secret: SECRET }, corsOrigins: [pages.url] });
  open = await useGraphServer({ corsOrigins: [pages.url] });
  token = await new SignJWT({ tenant: "acme", scope: "read" })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(SECRET));
}, 180_000);
afterAll(async () => {
  await Promise.all([graph[Symbol.asyncDispose](), open[Symbol.asyncDispose]()]);
  await pages[Symbol.asyncDispose]();
  await used[Symbol.asyncDispose]();
});

/** A page of another origin than the service's, which imports urql without a bundler. */
function servePage({ url = "/" }: IncomingMessage, response: ServerResponse): void {
  const module = /^\/(\d)\/([\w.-]+\.mjs)$/.exec(url);
  if (module === null) {
    const imports = Object.fromEntries(MODULES.map((name, index) => [name, `/${index}/${basename(esmOf(name))}`]));
    response.setHeader("content-type", "text/html");
    const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`;
    // what a bundler defines for urql's code
    response.end(`<!doctype html><script>process = { env: { NODE_ENV: "production" } };</script>${map}`);
    return;
  }
  const [, index, file = ""] = module;
  response.setHeader("content-type", "text/javascript");
  readFile(join(dirname(esmOf(MODULES[Number(index)] ?? "")), file)).then(
    (text) => response.end(text),
    () => response.writeHead(404).end(),
  );
}

const esmOf = (name: string): string => resolve(name).replace(/\.js$/, ".mjs");

/** Runs a function in a page of the address, with what it needs. */
async function inPage<Input, Result>(
  address: string,
  run: (input: Input) => Promise<Result>,
  input: Input,
): Promise<Result> {
  const context = await used.browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(address);
    return await page.evaluate(run as never, input);
  } finally {
    await context.close();
  }
}

/** Sends a query as JSON, and returns its answer or why the browser gave none. */
const send = async ({ url, token: sent }: { url: string; token: string }): Promise<unknown> => {
  const headers = { "content-type": "application/json", authorization: `Bearer ${sent}` };
  const body = JSON.stringify({ query: "{ sources { nodes { id } } }" });
  try {
    const response = await fetch(`${url}/graphql`, { method: "POST", headers, body });
    return {
      status: response.status,
      requestId: response.headers.get("x-request-id") !== undefined,
      answer: await response.json(),
    };
  } catch (reason) {
    return String(reason);
  }
};

/** Opens a WebSocket, and returns whether the service acknowledged it. */
const connect = ({ url }: { url: string }): Promise<string> =>
  new Promise((done) => {
    const socket = new WebSocket(`${url.replace("http", "ws")}/graphql/ws`, "graphql-transport-ws");
    socket.addEventListener("open", () => socket.send('{"type":"connection_init"}'));
    socket.addEventListener("message", ({ data }) => done(String(data)));
    socket.addEventListener("close", () => done("closed"));
  });

test("a page of an origin in CORS_ORIGINS queries the graph, and reads its errors too", async () => {
  const answer = await inPage(pages.url, send, { url: graph.url, token });
  expect(answer).toMatchObject({ status: 200, answer: { data: { sources: { nodes: [] } } } });
  const refused = await inPage(pages.url, send, { url: graph.url, token: "nonsense" });
  expect(refused).toMatchObject({ status: 401, answer: { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] } });
}, 180_000);

test("a page of any other origin gets no answer", async () => {
  const other = pages.url.replace("127.0.0.1", "localhost");
  expect(await inPage(other, send, { url: graph.url, token })).toBe("TypeError: Failed to fetch");
}, 180_000);

test("without authentication a page of an origin in CORS_ORIGINS may open a WebSocket", async () => {
  expect(await inPage(pages.url, connect, { url: open.url })).toContain("connection_ack");
}, 180_000);

test("urql with its default settings, which queries by GET, works from such a page", async () => {
  const methods: string[] = [];
  const ask = async ({ url, token: sent }: { url: string; token: string }): Promise<unknown> => {
    const name = "@urql/core"; // by the page's import map
    const { Client, fetchExchange } = (await import(name)) as typeof urql;
    const headers = { authorization: `Bearer ${sent}` };
    const client = new Client({ url: `${url}/graphql`, exchanges: [fetchExchange], fetchOptions: { headers } });
    const { data, error } = await client.query("{ sources { nodes { id } } }", {}).toPromise();
    return error === undefined ? data : String(error);
  };
  const context = await used.browser.newContext();
  const page = await context.newPage();
  page.on("request", (request) => {
    if (request.url().startsWith(graph.url)) methods.push(request.method());
  });
  await page.goto(pages.url);
  expect(await page.evaluate(ask, { url: graph.url, token })).toMatchObject({ sources: { nodes: [] } });
  expect(methods).toContain("GET");
  await context.close();
}, 180_000);
