/**
 * A provider and a subscriber of the running service in one process, so that one clock measures the latency of an
 * event: from the first byte of the webhook to the message at the subscriber.
 */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createClient, type FormattedExecutionResult } from "graphql-ws";
import { WebSocket } from "ws";
import { entityId } from "../../../src/domain/ids.ts";
import { exchange, openSocket, type Reception, signedRequests, tailOf } from "./signed-requests.ts";
import { type SubscriberResult, subscriberSchema } from "./task.ts";

interface Message {
  readonly syncEvents: { readonly entityId?: string };
}

const task = subscriberSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
const { service, sourceId, tenantId, prefix, events, perSecond, warmUp } = task;
const url = `${service}/webhooks/${sourceId}`;
const requests = signedRequests({ ...task, url });
/** Index of each event's object. */
const indexOf = new Map(
  requests.map((_, index) => [entityId(tenantId, sourceId, "Payment", `pi_${tailOf(prefix, index)}`), index]),
);
const sentAtMs: number[] = [];
const latencies: number[] = [];
const done = Promise.withResolvers<void>();
process.stdout.write(`${JSON.stringify(await run())}\n`);
process.exit(0);

async function run(): Promise<SubscriberResult> {
  const client = createClient({ url: `${service.replace("http", "ws")}/graphql/ws`, webSocketImpl: WebSocket });
  const items = client.iterate<Message>({
    query:
      "subscription { syncEvents(filter: { kinds: [ENTITY_CHANGED] }) { ... on EntityChanged { change entityId } } }",
  });
  await items.next(); // the position: from here on nothing is missed
  const receiving = receive(items);
  const sockets = await Promise.all(Array.from({ length: task.connections }, () => openSocket(url)));
  const startedAtMs = performance.now();
  const answers: Promise<Reception>[] = [];
  for (const [index, request] of requests.entries()) {
    await pause(Math.max(0, startedAtMs + (index / perSecond) * 1000 - performance.now()));
    const socket = sockets.pop() ?? (await openSocket(url)); // a busy connection is not waited for
    sentAtMs[index] = performance.now();
    answers.push(exchange(socket, request).finally(() => sockets.push(socket)));
  }
  const failed = (await Promise.all(answers)).filter((reception) => reception !== "taken").length;
  await Promise.race([done.promise, pause(30_000)]);
  void receiving;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  const missing = events - warmUp - latencies.length;
  return { events: latencies.length, failed, missing, p50: at(0.5), p99: at(0.99), max: at(1) };
}

async function receive(items: AsyncIterable<FormattedExecutionResult<Message, unknown>>): Promise<void> {
  let left = events;
  for await (const { data } of items) {
    const index = indexOf.get(data?.syncEvents.entityId ?? "");
    const sent = index === undefined ? undefined : sentAtMs[index];
    if (index === undefined || sent === undefined) continue;
    if (index >= warmUp) latencies.push(performance.now() - sent);
    left -= 1;
    if (left === 0) done.resolve();
  }
}
