import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { camt } from "../helpers/bank-files.ts";
import { eventually } from "../helpers/eventually.ts";
import { askGraph } from "../helpers/graphql.ts";
import { type Service, startService } from "../helpers/service.ts";
import { useDataDir } from "../helpers/use-embedded.ts";

/** What a newcomer does: `npm start` with no settings, then the README's examples. */
let dataDir: Awaited<ReturnType<typeof useDataDir>>;
let service: Service;
beforeAll(async () => {
  dataDir = await useDataDir();
  service = await startService({ env: { DATA_DIR: dataDir.path, PORT: "0" } });
}, 60_000);
afterAll(async () => {
  await service.kill();
  await dataDir[Symbol.asyncDispose]();
});

/** The GraphQL block that stands below `<!-- example: NAME -->` in the README. */
function example(name: string): string {
  const text = readFileSync("README.md", "utf8").split(`<!-- example: ${name} -->`)[1] ?? "";
  return /```graphql\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
}

/** The JSON that the README shows below `<!-- output: NAME -->`, one value a line or one in all. */
function shown(name: string): unknown[] {
  const text = readFileSync("README.md", "utf8").split(`<!-- output: ${name} -->`)[1] ?? "";
  const json = /```json\n([\s\S]*?)```/.exec(text)?.[1]?.trim() ?? "";
  return json.startsWith("{\n") ? [JSON.parse(json)] : json.split("\n").map((line): unknown => JSON.parse(line));
}

/** Names of the fields, all the way down; a list counts by its first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** Settled messages of a subscription, until `enough` says so. */
async function follow(query: string, enough: (events: readonly Record<string, unknown>[]) => boolean) {
  const client = createClient({
    url: `${service.url.replace("http", "ws")}/graphql/ws`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const events: Record<string, unknown>[] = [];
  try {
    for await (const { data, errors } of client.iterate<{ syncEvents: Record<string, unknown> }>({ query })) {
      if (errors !== undefined || data === null || data === undefined) throw new Error(JSON.stringify(errors));
      events.push(data.syncEvents);
      if (enough(events)) return events;
    }
    throw new Error("the subscription ended");
  } finally {
    await client.dispose();
  }
}

async function firstSyncDone(): Promise<void> {
  await eventually("the first sync", () => service.output().includes("A query to paste"), 30_000);
}

test("shows the first sync and what to paste, and nothing that a newcomer would have to think about", async () => {
  await firstSyncDone();
  expect(service.output()).toMatch(/syncing \[#{24}\] 100 % {2}[\d,]+ records in/);
  expect(service.output()).not.toMatch(/warn|deprecat|"level":[45]0/i);
});

test("shows the bank's statements as the README does, and takes one by hand", async () => {
  await firstSyncDone();
  const answer = await eventually("a bank's statement behind another one", async () => {
    const { data, errors } = await askGraph<{ statements: { nodes: Record<string, unknown>[] } }>(
      service.url,
      example("statements"),
    );
    expect(errors).toBeUndefined();
    const isWhole = data?.statements.nodes.length === 1 && !/null|\[\]/.test(JSON.stringify(data));
    return isWhole ? data : undefined;
  });
  const nodeOf = (value: unknown) => shapeOf((value as typeof answer)?.statements.nodes[0]); // both answer the same query
  const readme = (shown("statements")[0] as { data: unknown }).data; // its shape is what is checked
  expect(nodeOf(readme)).toEqual(nodeOf(answer));
  const put = (body: string) => fetch(`${service.url}/files/iso20022-bank-demo`, { method: "PUT", body });
  expect((await put(camt("053.08", [{ id: "BY-HAND", entries: [{ amount: "1.00" }] }]))).status).toBe(201);
  expect((await put("<a/>")).status).toBe(422);
});

test("shows webhooks as the README does, and replays them", async () => {
  await firstSyncDone();
  const webhooks = await eventually("a delivery that is applied", async () => {
    const answer = await askGraph<{ deliveries: { nodes: unknown[] } }>(service.url, example("webhooks"));
    expect(answer.errors).toBeUndefined();
    return answer.data?.deliveries.nodes.length === 1 ? answer : undefined;
  });
  expect(shapeOf(webhooks)).toEqual(shapeOf(shown("webhooks")[0]));
  expect(webhooks).toMatchObject({
    data: { source: { webhooks: { url: `${service.url}/webhooks/stripe-demo`, isVerified: true } } },
  });
  const replay = await askGraph<{ replayDeliveries: { count: number } }>(service.url, example("replay"));
  expect(shapeOf(replay)).toEqual(shapeOf(shown("replay")[0]));
  expect(replay.data?.replayDeliveries.count).toBeGreaterThan(0);
});

test("answers the README's first query", async () => {
  await firstSyncDone();
  const { data, errors } = await askGraph<{ payments: { edges: { node: Record<string, unknown> }[] } }>(
    service.url,
    example("query"),
  );
  const [firstNode, readmeNode] = [{ data }, shown("query")[0]].map(
    (answer) => shapeOf((answer as { data?: typeof data }).data?.payments.edges[0]?.node), // both are answers to the same query
  );
  expect({ ...Object(firstNode), refunds: null }).toEqual({ ...Object(readmeNode), refunds: null });
  expect(errors).toBeUndefined();
  expect(data?.payments.edges).toHaveLength(2);
  expect(data?.payments.edges[0]?.node).toMatchObject({
    externalId: expect.stringMatching(/^(pi|ch)_/),
    amount: { amount: expect.stringMatching(/^\d+(\.\d+)?$/), currency: expect.stringMatching(/^[A-Z]{3}$/) },
    freshness: { isStale: false },
  });
});

test("fetches what the README wants fresh, and says why when it cannot", async () => {
  await firstSyncDone();
  const query = example("fresh");
  const fresh = await askGraph(service.url, query);
  expect(shapeOf(fresh)).toEqual(shapeOf(shown("fresh")[0]));
  expect(fresh).toMatchObject({ data: { account: { freshness: { isStale: false, staleReason: null } } } });
  await askGraph(service.url, 'mutation { pauseSource(id: "stripe-demo") { status } }');
  const stale = await askGraph(service.url, query.replace("maxAge: 5", "maxAge: 0"));
  await askGraph(service.url, 'mutation { resumeSource(id: "stripe-demo") { status } }');
  expect(shapeOf(stale)).toEqual(shapeOf(shown("stale")[0]));
  expect(stale).toMatchObject({ data: { account: { freshness: { isStale: true, staleReason: "SOURCE_PAUSED" } } } });
});

test("pushes the README's first subscription: a position, then changes as they happen", async () => {
  const events = await follow(example("subscription"), (all) => all.length >= 3);
  const [position, change] = shown("subscription").map((line) =>
    Object.keys((line as { data: { syncEvents: object } }).data.syncEvents),
  );
  expect([Object.keys(events[0] ?? {}), Object.keys(events[1] ?? {})]).toEqual([position, change]);
  expect(events[0]).toMatchObject({ __typename: "StreamPosition", cursor: expect.any(String) });
  expect(events[1]).toMatchObject({
    __typename: "EntityChanged",
    change: expect.stringMatching(/^(CREATED|UPDATED|DELETED)$/),
  });
});

test("a mutation's cursor misses nothing of its run", async () => {
  const started = await askGraph<{ startSync: { cursor: string; run: { id: string } } }>(
    service.url,
    `mutation { startSync(input: { sourceId: "stripe-demo", streams: ["balance"], mode: FULL, idempotencyKey: "demo-1" }) { cursor run { id } } }`,
  );
  const { cursor, run } = started.data?.startSync ?? { cursor: "", run: { id: "" } };
  const again = await askGraph<{ startSync: { cursor: string; run: { id: string } } }>(
    service.url,
    `mutation { startSync(input: { sourceId: "stripe-demo", streams: ["balance"], mode: FULL, idempotencyKey: "demo-1" }) { cursor run { id } } }`,
  );
  expect(again.data?.startSync.run.id).toBe(run.id);
  const events = await follow(
    `subscription { syncEvents(after: "${cursor}", filter: { runIds: ["${run.id}"] }) { __typename ... on RunFinished { run { id status } } } }`,
    (all) => all.at(-1)?.["__typename"] === "RunFinished",
  );
  expect(events[0]).toMatchObject({ __typename: "RunStarted" });
  expect(events.at(-1)).toMatchObject({ run: { id: run.id, status: "SUCCEEDED" } });
});

describe("GraphiQL", () => {
  test("is one page of our own process, with subscriptions to our own socket", async () => {
    const response = await fetch(`${service.url}/graphql`, { headers: { accept: "text/html" } });
    expect(response.headers.get("content-type")).toMatch(/text\/html/);
    const page = await response.text();
    expect(page).toContain("graphql/ws");
    const loaded = [...page.matchAll(/<(?:script|link|img)\b[^>]*?\b(?:src|href)="(https?:)?\/\/[^"]*"/g)];
    expect(loaded.map((match) => match[0])).toEqual([]);
  });
});

test("metrics count what happened", async () => {
  await firstSyncDone();
  const text = await (await fetch(`${service.url}/metrics`)).text();
  expect(text).toMatch(/sluice_upstream_calls_total\{source="stripe-demo",lane="backfill",outcome="ok"\} [1-9]/);
});

test("ends with Ctrl-C, and a second start goes on from what was synced", async () => {
  await firstSyncDone();
  const ids = `{ payments(first: 100, filter: { createdTo: "2026-01-01T00:00:00Z" }) { edges { node { id } } } sources { edges { node { id } } } }`;
  const before = await askGraph(service.url, ids);
  expect(await service.stop("SIGINT")).toBe(0);
  service = await startService({ env: { DATA_DIR: dataDir.path, PORT: "0" } });
  expect(await askGraph(service.url, ids)).toEqual(before);
  await firstSyncDone();
  expect(service.output()).not.toMatch(/"level":[45]0/);
});
