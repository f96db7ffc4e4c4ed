import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { SignJWT } from "jose";
import type { BrowserContext, Page } from "playwright-core";
import { appendEvents } from "../../src/events/append.ts";
import { useBrowser } from "../helpers/browser.ts";
import { eventually } from "../helpers/eventually.ts";
import { runStarted } from "../helpers/event-log.ts";
import { type GraphServer, useGraphServer } from "../helpers/graph-server.ts";
import { addSource, paymentRecord, putRecords } from "../helpers/ledger-world.ts";

const SECRET = "a secret of thirty-two characters";
const FIRST_QUERY = "query First { payments { nodes { externalId } } }";
const WAIT_MS = 60_000;

let used: Awaited<ReturnType<typeof useBrowser>>;
let graph: GraphServer;
let token: string;
beforeAll(async () => {
  used = await useBrowser();
  graph = await serve(true);
  const place = { database: graph.database, tenantId: "acme", sourceId: "stripe-main" };
  await addSource(place);
  await putRecords(place, [paymentRecord(1)]);
  token = await new SignJWT({ tenant: "acme", scope: "read" })
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(SECRET));
}, 180_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await used[Symbol.asyncDispose]();
});

const serve = (introspection: boolean) =>
  useGraphServer({ auth: { kind: "secret", secret: SECRET }, firstQuery: FIRST_QUERY, operations: { introspection } });

/** One visit with a browser profile of its own, and what it sent and complained of. */
interface Visit {
  readonly page: Page;
  /** URLs of all requests. */
  readonly requested: string[];
  /** `Authorization` of the operations over HTTP. */
  readonly authorized: (string | undefined)[];
  /** Messages sent over WebSockets. */
  readonly sent: string[];
  /** Errors in the browser's console, among them violations of the content security policy. */
  readonly complaints: string[];
}
let context: BrowserContext;
let visit: Visit;
beforeEach(async () => {
  context = await used.browser.newContext({ viewport: { width: 1400, height: 1000 } });
  context.setDefaultTimeout(WAIT_MS);
  visit = watch(await context.newPage());
  await visit.page.goto(`${graph.url}/graphql`);
  await visit.page.locator(".graphiql-query-editor .CodeMirror").waitFor();
}, 180_000);
afterEach(() => context.close());

function watch(page: Page): Visit {
  const seen: Visit = { page, requested: [], authorized: [], sent: [], complaints: [] };
  page.on("request", (request) => {
    seen.requested.push(request.url());
    if (request.method() === "POST") seen.authorized.push(request.headers()["authorization"]);
  });
  page.on("websocket", (socket) => {
    seen.requested.push(socket.url());
    socket.on("framesent", ({ payload }) => void seen.sent.push(String(payload)));
  });
  // Without a token the schema cannot be read: that answer, a 401, is in the console too.
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("401")) seen.complaints.push(message.text());
  });
  page.on("pageerror", (error) => void seen.complaints.push(String(error)));
  return seen;
}

async function enterToken(): Promise<void> {
  await visit.page.getByLabel("Token").fill(token);
  await visit.page.getByLabel("Token").press("Enter");
  await eventually("the schema is read with the token", () => visit.authorized.includes(`Bearer ${token}`), WAIT_MS);
}

const run = () => visit.page.locator(".graphiql-execute-button").click();
const response = () => visit.page.locator(".graphiql-response").innerText();

/** Replaces the query, and waits until GraphiQL knows its operation: it reads the text some time after each change. */
async function write(query: string, operationName: string): Promise<void> {
  await visit.page.locator(".graphiql-query-editor .CodeMirror").click();
  await visit.page.keyboard.press("ControlOrMeta+A");
  await visit.page.keyboard.insertText(query);
  const editor = 'document.querySelector(".graphiql-query-editor .CodeMirror").CodeMirror';
  const known = () => visit.page.evaluate(`[${editor}.getValue(), ${editor}.operationName]`);
  await eventually(
    `GraphiQL knows the operation ${operationName}`,
    async () => JSON.stringify(await known()) === JSON.stringify([query, operationName]),
    WAIT_MS,
  );
}

test("loads from its own host alone, within its content security policy", async () => {
  const hosts = new Set(visit.requested.filter((url) => !url.startsWith("data:")).map((url) => new URL(url).host));
  expect([...hosts]).toEqual([new URL(graph.url).host]);
  expect(visit.complaints).toEqual([]);
});

test("a link that brings a query opens with it, and the query is in no request", async () => {
  const query = "query Linked { sources { nodes { id } } }";
  await visit.page.goto("about:blank");
  await visit.page.goto(`${graph.url}/graphql#${new URLSearchParams({ query }).toString()}`);
  await visit.page.locator(".graphiql-query-editor .CodeMirror").waitFor();
  expect(await visit.page.locator(".graphiql-query-editor").innerText()).toContain("query Linked");
  expect(visit.requested.filter((url) => url.includes("Linked"))).toEqual([]);
  expect(visit.complaints).toEqual([]);
});

test("opens with the first query, and runs it with the token that was entered", async () => {
  expect(await visit.page.locator(".graphiql-query-editor").innerText()).toContain("query First");
  await enterToken();
  await run();
  await eventually("the payment is shown", async () => (await response()).includes('"pi_1"'), WAIT_MS);
  expect(visit.complaints).toEqual([]);
});

test("keeps every event of a subscription with its time, and sends the token to the WebSocket", async () => {
  await enterToken();
  await write("subscription Runs { syncEvents { __typename ... on RunStarted { run { id } } } }", "Runs");
  await run();
  await eventually("the subscription stands", async () => (await response()).includes("StreamPosition"), WAIT_MS);
  for (const index of [0, 1]) {
    await graph.database.transaction("acme", (tx) =>
      appendEvents(tx, [{ sourceId: "stripe-main", body: runStarted(`run_${index}`) }]),
    );
    const all = await eventually(
      "the event is shown",
      async () => {
        const text = await response();
        return text.split('"RunStarted"').length === index + 2 ? text : undefined;
      },
      WAIT_MS,
    );
    expect(all).toContain("StreamPosition");
    expect(all.split('"receivedAt"')).toHaveLength(index + 3);
  }
  expect(visit.sent[0]).toBe(
    JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }),
  );
  expect(visit.complaints).toEqual([]);
});

test("stores the token in no place that outlives the tab", async () => {
  await enterToken();
  const stores = await visit.page.evaluate(
    "[JSON.stringify(localStorage), document.cookie, JSON.stringify(sessionStorage)]",
  );
  const [local, cookies, session] = stores as string[];
  expect(`${local}${cookies}`).not.toContain(token);
  expect(session).toContain(token);
});

test("loads again with one answer without a body: everything else is in the browser's cache", async () => {
  const before = requestsLogged().length;
  const first = requestsLogged().filter(({ route }) => route === "/graphiql/:name");
  expect(first.length).toBeGreaterThanOrEqual(7);
  await visit.page.reload();
  await visit.page.locator(".graphiql-query-editor .CodeMirror").waitFor();
  const pages = await eventually(
    "the page was asked for",
    () => {
      const lines = requestsLogged().slice(before);
      return lines.some(({ method }) => method === "GET") ? lines.filter(({ method }) => method === "GET") : undefined;
    },
    WAIT_MS,
  );
  expect(pages).toEqual([expect.objectContaining({ route: "/graphql", status: 304 })]);
});

interface LoggedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

function requestsLogged(): readonly LoggedRequest[] {
  return graph
    .logged()
    .split("\n")
    .filter((line) => line.includes('"route"'))
    .map((line) => JSON.parse(line) as LoggedRequest); // from our own log
}

test("without introspection it does not ask for the schema, and runs operations all the same", async () => {
  await using other = await serve(false);
  await visit.page.goto(`${other.url}/graphql`);
  await visit.page.locator(".graphiql-query-editor .CodeMirror").waitFor();
  const before = visit.authorized.length;
  await visit.page.getByLabel("Token").fill(token);
  await visit.page.getByLabel("Token").press("Enter");
  await run();
  await eventually("the answer is shown", async () => (await response()).includes('"payments"'), WAIT_MS);
  expect(visit.authorized.slice(before)).toEqual([`Bearer ${token}`]);
  expect(visit.complaints).toEqual([]);
});
