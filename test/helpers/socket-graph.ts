import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { pino } from "pino";
import type { Principal } from "../../resolvers/principal.ts";
import { ServiceError } from "../../src/domain/error.ts";
import type { EventFeed } from "../../src/events/feed.ts";
import type { StreamItem } from "../../src/events/stream-item.ts";
import { createErrorFormatter } from "../../src/server/format-error.ts";
import { createOperationGate } from "../../src/server/prepare-operation.ts";
import type { SocketGraph } from "../../src/server/websocket/graph.ts";

const TYPE_DEFS = parse(/* GraphQL */ `
  type Query {
    hello: String!
    fails: String
    "Waits until the client is gone."
    waits: String
  }
  type Mutation {
    increment: Int!
  }
  type Subscription {
    items(after: String): Item!
  }
  type Item {
    seq: String!
    type: String!
    padding(bytes: Int!): String!
    "Number of the context that this was made with."
    context: Int!
  }
`);

interface TestContext {
  readonly number: number;
  readonly tenantId: string;
  readonly signal: AbortSignal;
}

/** A graph of a few fields over a real event feed, with what it was asked to do. */
export interface TestGraph {
  readonly graph: SocketGraph;
  /** Contexts made so far, by the subject of the principal. */
  contexts(subject: string): number;
  /** Queries `waits` whose signal was aborted. */
  readonly aborted: number;
}

/** `Bearer <subject>` is who it is, on the tenant given; `Bearer expires-<epoch ms>` expires; no token is refused. */
export function createTestGraph(feed: EventFeed, tenantId: string): TestGraph {
  const made = new Map<string, number>();
  let count = 0;
  let aborted = 0;
  const schema = buildSubgraphSchema([
    {
      typeDefs: TYPE_DEFS,
      resolvers: {
        Query: {
          hello: () => "world",
          fails: () => {
            throw new ServiceError("NOT_FOUND", "there is none", { detail: "secret detail" });
          },
          waits: (_: unknown, _args: unknown, context: TestContext) =>
            new Promise((resolve) => {
              context.signal.addEventListener("abort", () => {
                aborted += 1;
                resolve("aborted");
              });
            }),
        },
        Mutation: { increment: () => (count += 1) },
        Subscription: {
          items: {
            subscribe: (_: unknown, { after }: { after?: string }, context: TestContext) =>
              feed.subscribe({
                tenantId: context.tenantId,
                after: after === undefined ? undefined : BigInt(after),
                filter: {},
                signal: context.signal,
              }),
            resolve: (item: unknown) => item,
          },
        },
        Item: {
          seq: (item: StreamItem) => item.seq.toString(),
          padding: (_: unknown, { bytes }: { bytes: number }) => "x".repeat(bytes),
          context: (_: unknown, _args: unknown, context: TestContext) => context.number,
        },
      },
    },
  ]);
  return {
    graph: {
      schema,
      authenticate: ({ authorization }) => Promise.resolve(principalOf(authorization, tenantId)),
      gate: createOperationGate({ schema }),
      createContext({ principal, signal }) {
        const number = (made.get(principal.subject) ?? 0) + 1;
        made.set(principal.subject, number);
        return { number, tenantId: principal.tenantId, signal } satisfies TestContext;
      },
      formatError: createErrorFormatter({ log: pino({ level: "silent" }) }),
    },
    contexts: (subject) => made.get(subject) ?? 0,
    get aborted() {
      return aborted;
    },
  };
}

function principalOf(authorization: string | undefined, tenantId: string): Principal {
  const subject = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  if (subject === undefined) throw new ServiceError("UNAUTHENTICATED", "a token is needed");
  if (subject === "keys-away") throw new ServiceError("OVERLOADED", "the keys cannot be had");
  const expiresAtMs = /^expires-(\d+)$/.exec(subject)?.[1];
  return {
    tenantId,
    subject,
    scopes: new Set(["read"]),
    expiresAtMs: expiresAtMs === undefined ? undefined : Number(expiresAtMs),
  };
}
