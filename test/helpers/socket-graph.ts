import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { pino } from "pino";
import type { Principal } from "../../resolvers/principal.ts";
import { ServiceError } from "../../src/domain/error.ts";
import type { EventFeed } from "../../src/events/feed.ts";
import type { StreamItem } from "../../src/events/stream-item.ts";
import { createDocumentResolver } from "../../src/server/graphql/documents/resolve-document.ts";
import { createExecutor } from "../../src/server/graphql/execute/create-executor.ts";
import { createErrorFormatter } from "../../src/server/graphql/format-error.ts";
import { createOperationAdmission } from "../../src/server/graphql/prepare-operation.ts";
import { createLoopTurns } from "../../src/runtime/loop-turns.ts";
import { createAccessEnds } from "../../src/server/subscriptions/access-ends.ts";
import { createEventExecutions } from "../../src/server/subscriptions/event-executions.ts";
import type { TransportGraph } from "../../src/server/subscriptions/transport-graph.ts";
import { WAIT_LIMIT_MS } from "./eventually.ts";

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
    "Waits until the execution of the event is aborted."
    waits: String
    "Number of the context that this was made with."
    context: Int!
  }
`);

interface TestContext {
  readonly number: number;
  readonly tenantId: string;
  readonly signal: AbortSignal;
  readonly resumeAfter: string | undefined;
}

/** A GraphQL schema of a few fields over a real event feed, with a record of its calls. */
export interface TestGraph {
  readonly graph: TransportGraph;
  /** Number of contexts created so far, by the subject of the principal. */
  contexts(subject: string): number;
  /** Number of `waits` fields whose signal was aborted. */
  readonly aborted: number;
}

/**
 * Creates the graph. `Bearer <subject>` names the principal, on the given tenant; `Bearer expires-<epoch ms>` expires;
 * a request without a token is rejected.
 */
export function createTestGraph(
  feed: EventFeed,
  tenantId: string,
  { operationTimeoutMs = WAIT_LIMIT_MS }: { readonly operationTimeoutMs?: number } = {},
): TestGraph {
  const made = new Map<string, number>();
  const turns = createLoopTurns();
  let count = 0;
  let aborted = 0;
  const waitForAbort = (_: unknown, _args: unknown, { signal }: TestContext): Promise<string> =>
    new Promise((resolve) => {
      signal.addEventListener("abort", () => {
        aborted += 1;
        resolve("aborted");
      });
    });
  const schema = buildSubgraphSchema([
    {
      typeDefs: TYPE_DEFS,
      resolvers: {
        Query: {
          hello: () => "world",
          fails: () => {
            throw new ServiceError("NOT_FOUND", "there is none", { detail: "secret detail" });
          },
          waits: waitForAbort,
        },
        Mutation: { increment: () => (count += 1) },
        Subscription: {
          items: {
            subscribe: (_: unknown, { after }: { after?: string }, context: TestContext) =>
              feed.subscribe({
                tenantId: context.tenantId,
                after: sequenceOf(context.resumeAfter ?? after),
                filter: {},
                signal: context.signal,
              }),
            resolve: (item: unknown) => item,
          },
        },
        Item: {
          waits: waitForAbort,
          seq: (item: StreamItem) => item.seq.toString(),
          padding: (_: unknown, { bytes }: { bytes: number }) => "x".repeat(bytes),
          context: (_: unknown, _args: unknown, context: TestContext) => context.number,
        },
      },
    },
  ]);
  const graph: Omit<TransportGraph, "eventExecutions"> = {
    access: createAccessEnds(),
    schema,
    execute: createExecutor(schema),
    authenticate: ({ authorization }) => Promise.resolve(principalOf(authorization, tenantId)),
    resolveDocument: createDocumentResolver({ tenantCount: () => 1, trusted: undefined }),
    admission: createOperationAdmission({ schema }),
    beginOperation: () => () => undefined,
    openPieces: (principal) => turns.open([principal.subject]),
    operationTimeoutMs,
    createContext({ principal, signal, resumeAfter }) {
      const number = (made.get(principal.subject) ?? 0) + 1;
      made.set(principal.subject, number);
      return { number, tenantId: principal.tenantId, signal, resumeAfter } satisfies TestContext;
    },
    eventCursorOf: (_principal, event) => (event as StreamItem).seq.toString(), // the feed's
    formatError: createErrorFormatter({ log: pino({ level: "silent" }), suggestions: true }),
  };
  return {
    graph: { ...graph, eventExecutions: createEventExecutions(graph) },
    contexts: (subject) => made.get(subject) ?? 0,
    get aborted() {
      return aborted;
    },
  };
}

function sequenceOf(after: string | undefined): bigint | undefined {
  return after === undefined ? undefined : BigInt(after);
}

function principalOf(authorization: string | undefined, tenantId: string): Principal {
  const subject = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
  if (subject === undefined) throw new ServiceError("UNAUTHENTICATED", "a token is required");
  if (subject === "keys-away") throw new ServiceError("OVERLOADED", "the keys cannot be had");
  const expiresAtMs = /^expires-(\d+)$/.exec(subject)?.[1];
  return {
    tenantId,
    subject,
    scopes: new Set(["read"]),
    expiresAtMs: expiresAtMs === undefined ? undefined : Number(expiresAtMs),
  };
}
