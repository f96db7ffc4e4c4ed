import { expect, test } from "@jest/globals";
import type { ServerResponse } from "node:http";
import {
  followSyncEvents,
  type Item,
  multipart,
  sse,
  SubscriptionFailed,
  type Transport,
} from "../../../clients/sluice-events/src/index.ts";
import { WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { startHttpServer } from "../../helpers/local-server.ts";
import { within } from "../../helpers/take.ts";

const resultOf = (type: string, cursor: string): string =>
  JSON.stringify({ data: { syncEvents: { __typename: type, cursor } } });
const POSITION = resultOf("StreamPosition", "0");
const EVENTS = ["1", "2", "3"].map((cursor) => resultOf("RunStarted", cursor));

/** How a gateway writes a result; each stream remains open. */
interface Format {
  readonly transport: Transport;
  readonly contentType: string;
  readonly write: (result: string) => string;
}

const lines = (end: string, space: string) => (result: string) =>
  [`event:${space}next`, `data:${space}${result}`, "", ""].join(end);
const PART = "content-type: application/json\r\n\r\n";
const EVENT_STREAM: Format = { transport: sse(), contentType: "text/event-stream", write: lines("\n", " ") };
const FORMATS: Readonly<Record<string, Format>> = {
  "server-sent events with LF and spaces": EVENT_STREAM,
  "server-sent events with CR LF and no spaces, as grafbase sends them": {
    transport: sse(),
    contentType: "text/event-stream; charset=utf-8",
    write: lines("\r\n", ""),
  },
  "server-sent events with CR": { ...EVENT_STREAM, write: lines("\r", "") },
  "parts with an envelope, as Apollo Router sends them": {
    transport: multipart(),
    contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
    write: (result) => `\r\n--graphql\r\n${PART}{"payload":${result}}\r\n--graphql`,
  },
  "parts without an envelope whose boundary comes with the next one, as grafbase sends them": {
    transport: multipart(),
    contentType: 'multipart/mixed; boundary="-"',
    write: (result) => `\r\n---\r\n${PART}${result}`,
  },
};

/** Follows what `answer` sends to each connection in turn, up to the number of events. */
async function follow(
  events: number,
  transport: Transport,
  answer: (connection: number, response: ServerResponse) => void,
): Promise<{ readonly items: readonly Item[]; readonly connections: number }> {
  const items: Item[] = [];
  let connections = 0;
  await using server = await startHttpServer((_request, response) => answer((connections += 1), response));
  const read = async (): Promise<void> => {
    const retry = { baseMs: 1, capMs: 1 };
    for await (const item of followSyncEvents({ url: server.url, transport, after: "0", retry })) {
      items.push(item);
      if (items.filter(({ type }) => type === "event").length === events) return;
    }
  };
  await within(WAIT_LIMIT_MS, `${events} events`, read());
  return { items, connections };
}

const cursorsOf = (items: readonly Item[]): readonly string[] =>
  items.filter(({ type }) => type === "event").map(({ cursor }) => cursor);

test.each(Object.keys(FORMATS))("sluice-events reads %s, each as soon as it has come", async (name) => {
  const { transport, contentType, write } = FORMATS[name] ?? EVENT_STREAM;
  const { items, connections } = await follow(EVENTS.length, transport, (_connection, response) => {
    response.writeHead(200, { "content-type": contentType });
    for (const result of [POSITION, ...EVENTS]) {
      const text = write(result);
      response.write(text.slice(0, 12));
      response.write(text.slice(12));
    }
  });
  expect(cursorsOf(items)).toEqual(["1", "2", "3"]);
  expect(connections).toBe(1);
});

const errorsOf = (extensions?: object): string =>
  JSON.stringify({ errors: [{ message: "Subscription closed", ...(extensions !== undefined && { extensions }) }] });

test.each([
  ["without extensions", errorsOf()],
  ["with a code of its own", errorsOf({ code: "SUBGRAPH_REQUEST_ERROR" })],
  ["that Sluice says can be repeated", errorsOf({ code: "OVERLOADED", retryable: true })],
  ["that leaves out the errors", '{"data":null}'],
])("sluice-events connects again after an error %s: the gateway has lost its own connection", async (_name, lost) => {
  const { transport, contentType, write } = EVENT_STREAM;
  const { items, connections } = await follow(1, transport, (connection, response) => {
    response.writeHead(200, { "content-type": contentType });
    for (const result of connection === 1 ? [POSITION, lost] : [POSITION, ...EVENTS]) response.write(write(result));
  });
  expect(cursorsOf(items)).toEqual(["1"]);
  expect(connections).toBe(2);
});

test.each([
  ["an unknown field", "GRAPHQL_VALIDATION_FAILED"],
  ["an unknown field (grafbase)", "OPERATION_VALIDATION_ERROR"],
  ["a missing permission", "UNAUTHENTICATED"],
])("sluice-events fails when a gateway refuses the request for %s, as a stream or as JSON", async (_name, code) => {
  const { transport, contentType, write } = EVENT_STREAM;
  for (const isStream of [true, false]) {
    const followed = follow(1, transport, (_connection, response) => {
      response.writeHead(200, { "content-type": isStream ? contentType : "application/json" });
      response.end(isStream ? write(errorsOf({ code })) : errorsOf({ code }));
    });
    await expect(followed).rejects.toThrow(SubscriptionFailed);
  }
});
