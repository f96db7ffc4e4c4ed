import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type Client, createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { entityId } from "../../../src/domain/ids.ts";
import { appendEvents } from "../../../src/events/append.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
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

/** Statements that the execution of events sends: not those that read or write the log itself, or that frame them. */
async function statementsOf(subscribers: number): Promise<readonly string[]> {
  const client = createClient({ url: `${graph.url.replace("http", "ws")}/graphql/ws`, webSocketImpl: WebSocket });
  clients.push(client);
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
