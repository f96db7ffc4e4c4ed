import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { entityId } from "../../../src/domain/ids.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { openStream, STREAM_FORMATS } from "../../helpers/http-stream.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";
import { take } from "../../helpers/take.ts";

const PLACE = { tenantId: "acme", sourceId: "stripe-main" };
const QUERY = `subscription { syncEvents { cursor source { id } ... on EntityChanged { entity { id ... on Payment { status debtor { name } } } } } }`;
const EVENTS = 8;

let graph: GraphServer;
const clients: Client[] = [];
beforeAll(async () => {
  graph = await useGraphServer();
  const place = { ...PLACE, database: graph.database };
  await addSource(place);
  await putRecords(place, ledgerWorld(0, EVENTS));
});
afterAll(async () => {
  for (const client of clients) await client.dispose();
  await graph[Symbol.asyncDispose]();
});

function openClient(): Client {
  const client = createClient({ url: `${graph.url.replace("http", "ws")}/graphql/ws`, webSocketImpl: WebSocket });
  clients.push(client);
  return client;
}

/** Statements that the execution of events sends: not those that read or write the log itself, or that frame them. */
async function statementsOf(subscribers: number): Promise<readonly string[]> {
  const client = openClient();
  const streams = Array.from({ length: subscribers }, () => client.iterate({ query: QUERY }));
  for (const stream of streams) await take(stream, 1);
  graph.takeStatements();
  const events = Array.from({ length: EVENTS }, (_, n) => {
    const id = entityId(PLACE.tenantId, PLACE.sourceId, "Payment", `pi_${n}`);
    const body = { kind: "EntityChanged", change: "UPDATED", entityType: "Payment", entityId: id } as const;
    return { sourceId: PLACE.sourceId, body };
  });
  await graph.database.transaction(PLACE.tenantId, (tx) => appendEvents(tx, events));
  const received = await Promise.all(streams.map((stream) => take(stream, EVENTS)));
  expect(received.every((results) => results.every(({ data }) => (data ?? undefined) !== undefined))).toBe(true);
  for (const stream of streams) await stream.return?.(undefined);
  return graph
    .takeStatements()
    .filter((text) => !/event_heads|^(begin|commit|set|select set_config)/i.test(text.trim()))
    .sort();
}

test("events cause the same statements for two equal subscriptions as for 50", async () => {
  const few = await statementsOf(2);
  const many = await statementsOf(50);
  expect(many).toEqual(few);
  expect(few.some((text) => text.includes("payments"))).toBe(true);
  expect(few.length).toBeLessThanOrEqual(3); // sources, payments, parties: each once for all events
});

test("a query reads the same columns over every transport: those of the fields that it selects", async () => {
  const query = "{ payments(first: 3) { nodes { id status } } }";
  const read = () => graph.takeStatements().filter((text) => text.includes("payments"));
  graph.takeStatements();
  const answer = await graph.query(query);
  const expected = read();
  expect([expected.length, answer.data?.payments.nodes.length]).toEqual([1, 3]);
  expect(expected[0]).not.toContain("description");

  const [result] = await take(openClient().iterate({ query }), 1);
  expect([result?.data, read()]).toEqual([answer.data, expected]);
  for (const kind of STREAM_FORMATS) {
    const accept = kind === "sse" ? "text/event-stream" : 'multipart/mixed;subscriptionSpec="1.0"';
    await using stream = await openStream({ url: graph.url, kind, body: { query }, headers: { accept } });
    expect(await stream.next()).toMatchObject({ type: "next", payload: { data: answer.data } });
    expect(read()).toEqual(expected);
  }
});
