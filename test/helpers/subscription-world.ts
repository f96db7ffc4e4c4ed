import { type GraphQLSchema, parse } from "graphql";
import type { Principal, Scope } from "../../resolvers/principal.ts";
import type { EventFeed } from "../../src/events/feed.ts";
import type { PullIterator } from "../../src/events/pull-iterator.ts";
import type { ContextInput } from "../../src/server/subscriptions/context-input.ts";
import { createExecutor } from "../../src/server/graphql/execute/create-executor.ts";
import { createEventExecutions, type EventExecutions } from "../../src/server/subscriptions/event-executions.ts";
import type { EventResult } from "../../src/server/subscriptions/event-result.ts";
import { type AccessEnds, createAccessEnds } from "../../src/server/subscriptions/access-ends.ts";
import { subscribePerEvent } from "../../src/server/subscriptions/subscribe-per-event.ts";
import { type EventLog, runStarted } from "./event-log.ts";
import { createTestGraph, type TestGraph } from "./socket-graph.ts";

const ITEMS = "subscription Items($after: String) { items(after: $after) { seq type context } }";

export interface SubscribeOptions {
  readonly subject?: string;
  readonly scopes?: readonly Scope[];
  readonly tenantId?: string;
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Default: access never ends. */
  readonly access?: AccessEnds;
  readonly apiKeyId?: string;
}

export interface SubscriptionWorldOptions {
  readonly tenantId: string;
  readonly operationTimeoutMs?: number;
  /** Default: that of the test graph. The context of another one is the input of its creation. */
  readonly schema?: GraphQLSchema;
}

/** Subscriptions of one tenant whose executions are recorded. */
export class SubscriptionWorld implements AsyncDisposable {
  readonly tenantId: string;
  readonly graph: TestGraph;
  readonly schema: GraphQLSchema;
  readonly executions: EventExecutions;
  /** Contexts of executed events, in order of their beginning. */
  readonly executed: ContextInput[] = [];
  readonly #log: EventLog;
  readonly #open: PullIterator<EventResult>[] = [];
  readonly #documents = new Map<string, ReturnType<typeof parse>>();

  constructor(log: EventLog, feed: EventFeed, options: SubscriptionWorldOptions) {
    const { tenantId } = options;
    this.#log = log;
    this.tenantId = tenantId;
    this.graph = createTestGraph(feed, tenantId, options);
    const { graph } = this.graph;
    this.schema = options.schema ?? graph.schema;
    this.executions = createEventExecutions({
      ...graph,
      execute: createExecutor(this.schema),
      createContext: (input) => {
        this.executed.push(input);
        return options.schema === undefined ? graph.createContext(input) : input;
      },
    });
  }

  async subscribe(options: SubscribeOptions = {}): Promise<PullIterator<EventResult>> {
    const { subject = "ada", scopes = ["read"], tenantId = this.tenantId, query = ITEMS, variables = {} } = options;
    const { access = createAccessEnds(), apiKeyId } = options;
    const principal: Principal = { tenantId, subject, scopes: new Set(scopes), expiresAtMs: undefined, apiKeyId };
    const document = this.#documents.get(query) ?? parse(query); // as the gate caches it
    this.#documents.set(query, document);
    const signal = new AbortController().signal;
    const { graph } = this.graph;
    const results = await subscribePerEvent({
      access,
      executions: this.executions,
      principal,
      operation: { schema: this.schema, document, operationName: undefined, variableValues: variables },
      createContext: () =>
        graph.createContext({ principal, requestId: "", signal, pieces: graph.openPieces(principal) }),
      onEnd: () => undefined,
    });
    if (!("next" in results)) throw new Error(JSON.stringify(results));
    this.#open.push(results);
    return results;
  }

  /** Commits events with these numbers in one transaction. */
  async append(from: number, to: number): Promise<void> {
    const bodies = Array.from({ length: to - from + 1 }, (_, index) => runStarted(`${from + index}`));
    await this.#log.append(this.tenantId, ...bodies);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const results of this.#open) await results.return();
  }
}
