/** Stock graphql-ws over a schema of the same shape, with events and objects in memory. */
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { serveCommands } from "./serve-commands.ts";
import { PAYMENTS } from "./task.ts";

const schema = buildSchema(/* GraphQL */ `
  scalar EventCursor
  scalar DateTime
  scalar Decimal
  scalar CurrencyCode
  enum ChangeKind {
    CREATED
    UPDATED
    DELETED
  }
  enum EntityType {
    PAYMENT
  }
  enum PaymentStatus {
    SUCCEEDED
    FAILED
  }
  type Query {
    hello: String
  }
  type Subscription {
    syncEvents(after: EventCursor): SyncEvent!
  }
  interface SyncEvent {
    cursor: EventCursor!
    at: DateTime!
    source: Source
  }
  type StreamPosition implements SyncEvent {
    cursor: EventCursor!
    at: DateTime!
    source: Source
  }
  type EntityChanged implements SyncEvent {
    cursor: EventCursor!
    at: DateTime!
    source: Source
    change: ChangeKind!
    entityType: EntityType!
    entityId: ID!
    entity: Node
  }
  interface Node {
    id: ID!
  }
  type Source {
    id: ID!
  }
  type Money {
    amount: Decimal!
    currency: CurrencyCode!
  }
  type Payment implements Node {
    id: ID!
    status: PaymentStatus
    description: String
    amount: Money
  }
`);

const source = { id: "stripe-main" };
const payments = Array.from({ length: PAYMENTS }, (_, n) => ({
  __typename: "Payment",
  id: `pay_${`${n}`.padStart(22, "0")}`,
  status: "SUCCEEDED",
  description: `Order ${n}`,
  amount: { amount: "10.50", currency: "EUR" },
}));

interface Subscriber {
  readonly queue: object[];
  wake: () => void;
}
const subscribers = new Set<Subscriber>();
let published = 0;

/** The in-memory publisher of the guides: a queue per subscriber. */
async function* follow(): AsyncGenerator<{ syncEvents: object }> {
  const subscriber: Subscriber = { queue: [], wake: () => undefined };
  subscribers.add(subscriber);
  try {
    yield { syncEvents: { __typename: "StreamPosition", cursor: "0".repeat(24), at: new Date().toISOString() } };
    for (;;) {
      const event = subscriber.queue.shift();
      if (event === undefined) await new Promise<void>((resolve) => (subscriber.wake = resolve));
      else yield { syncEvents: event };
    }
  } finally {
    subscribers.delete(subscriber);
  }
}

function publishOne(): void {
  const entity = payments[published % PAYMENTS];
  published += 1;
  const cursor = `${published}`.padStart(24, "0");
  const change = { change: "UPDATED", entityType: "PAYMENT", entityId: entity?.id, entity };
  const event = { __typename: "EntityChanged", cursor, at: new Date().toISOString(), source, ...change };
  for (const subscriber of subscribers) {
    subscriber.queue.push(event);
    subscriber.wake();
  }
}

const server = createServer();
const acceptor = new WebSocketServer({ server, path: "/graphql/ws" });
useServer({ schema, roots: { subscription: { syncEvents: follow } } }, acceptor);
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo; // a listening TCP server has one
await serveCommands({
  url: `ws://127.0.0.1:${port}/graphql/ws`,
  async publish(events, perTransaction) {
    for (let left = events; left > 0; left -= perTransaction) {
      for (let n = 0; n < Math.min(left, perTransaction); n += 1) publishOne();
      await nextTurn();
    }
  },
  cursor: String,
});
process.exit(0); // its sockets would keep it open
