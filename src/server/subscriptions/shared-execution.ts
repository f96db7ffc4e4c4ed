import type { DocumentNode } from "graphql";
import type { LRUCache } from "lru-cache";
import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import type { StreamItem } from "../../events/stream-item.ts";
import { isTracing } from "../../runtime/tracing.ts";
import type { Waiter, WakeTurns } from "../../runtime/wake-turns.ts";
import { createBatchSize } from "./batch-size.ts";
import type { EventResult } from "./event-result.ts";
import { mayShareLoaders } from "./operation-identity.ts";

/** One subscription's part in the executions of its events. */
export interface Membership {
  /** Number of events that are best executed at a time. */
  readonly batchSize: number;
  /**
   * Returns the results of events, in order: those that are known or being made, and for the others those of a new
   * execution. One call at a time.
   * @throws ServiceError OPERATION_TIMEOUT | CANCELED
   */
  results(items: readonly StreamItem[]): Promise<readonly EventResult[]>;
  /** Ends the membership and its call. An execution that no other subscription needs is aborted. */
  leave(): void;
}

/** Executions of the events of equal subscriptions. */
export interface SharedExecution {
  /** Adds a subscription of a caller, with its trace. */
  join(principal: Principal, traceparent?: string): Membership;
}

export interface SharedExecutionOptions {
  /** Different from all others that use `kept`. */
  readonly name: string;
  readonly kept: LRUCache<string, EventResult>;
  /** Turns in which the waiting subscriptions continue: each of them writes to its connection then. */
  readonly turns: WakeTurns;
  readonly document: DocumentNode;
  /** @throws ServiceError OPERATION_TIMEOUT | CANCELED */
  readonly execute: (batch: ExecutedBatch) => Promise<readonly EventResult[]>;
  /** Called when the last subscription has left. */
  readonly onEmpty: () => void;
}

export interface ExecutedBatch {
  /** Caller in whose name the data is read. */
  readonly principal: Principal;
  readonly items: readonly StreamItem[];
  /** Aborted when the results are no longer needed. */
  readonly signal: AbortSignal;
  /** Subscriptions that have the execution in common. */
  readonly subscribers: Subscribers;
}

/** Equal subscriptions, for traces. */
export interface Subscribers {
  readonly count: number;
  /** Traces of the first of them. */
  readonly traceparents: readonly string[];
}

/**
 * A subscriber that does not read keeps the results of one batch in memory. The time is far below the deadline of an
 * execution; it is no measure of the work, because most of it is waiting when much else runs.
 */
const BATCH = { first: 16, max: 128, targetMs: 2_000, targetBytes: 256 * 1024 };

const ONE_BY_ONE = { first: 1, max: 1 };

/** A span of an event has links to as many of its subscriptions. */
const MAX_LINKS = 8;
const NO_SUBSCRIBERS: Subscribers = { count: 0, traceparents: [] };

/** Events that are being executed together. */
interface Batch {
  readonly controller: AbortController;
  readonly keys: readonly string[];
  readonly waiting: Set<Member>;
  /** Number of subscriptions that need its results. */
  needed: number;
  /** Undefined until it has ended. */
  outcome: { readonly results: readonly EventResult[] } | { readonly error: Error } | undefined;
}

/** What members need of their execution. */
interface Core {
  readonly batchSize: () => number;
  readonly resultsOf: (member: Member, items: readonly StreamItem[]) => Promise<readonly EventResult[]>;
  readonly remove: (member: Member) => void;
}

/** A class, because there is one for each subscription: its functions are in memory once. */
class Member implements Membership, Waiter {
  readonly principal: Principal;
  readonly traceparent: string | undefined;
  readonly #core: Core;
  #hasLeft = false;
  /** Of the waiting call. */
  #resolve: (() => void) | undefined;

  constructor(principal: Principal, traceparent: string | undefined, core: Core) {
    this.principal = principal;
    this.traceparent = traceparent;
    this.#core = core;
  }

  get batchSize(): number {
    return this.#core.batchSize();
  }

  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  results(items: readonly StreamItem[]): Promise<readonly EventResult[]> {
    return this.#core.resultsOf(this, items);
  }

  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#core.remove(this);
    this.wake();
  }

  /** Resolves when the member is woken. */
  sleep(): Promise<void> {
    return new Promise((resolve) => void (this.#resolve = resolve));
  }

  wake(): void {
    const resolve = this.#resolve;
    this.#resolve = undefined;
    resolve?.();
  }
}

/**
 * Creates the executions without subscriptions. An execution reads in the name of the subscription that joined first
 * and has not left, so that it counts among the reads of a caller who needs it.
 */
export function createSharedExecution(options: SharedExecutionOptions): SharedExecution {
  const { name, kept, turns, document, execute, onEmpty } = options;
  const members = new Set<Member>();
  const running = new Map<string, Batch>();
  const size = createBatchSize({ ...BATCH, ...(!mayShareLoaders(document) && ONE_BY_ONE) });

  function end(batch: Batch, outcome: NonNullable<Batch["outcome"]>): void {
    batch.outcome = outcome;
    for (const key of batch.keys) if (running.get(key) === batch) running.delete(key);
    turns.add(batch.waiting);
  }

  function start(principal: Principal, items: readonly StreamItem[], keys: readonly string[]): void {
    const controller = new AbortController();
    const batch: Batch = { controller, keys, waiting: new Set(), needed: 0, outcome: undefined };
    for (const key of keys) running.set(key, batch);
    const startedMs = performance.now();
    execute({ principal, items, signal: controller.signal, subscribers: subscribersOf(members) }).then(
      (results) => {
        for (const [index, result] of results.entries()) kept.set(keys[index] ?? "", result);
        const bytes = results.reduce((sum, { json }) => sum + json.length, 0);
        size.record({ events: items.length, ms: performance.now() - startedMs, bytes });
        end(batch, { results });
      },
      (reason: unknown) => {
        size.reset();
        end(batch, { error: ServiceError.from(reason) });
      },
    );
  }

  /** Starts one execution of those items that are neither known nor being executed. */
  function startMissing(items: readonly StreamItem[], keys: readonly string[], known: readonly unknown[]): void {
    const missing = keys.flatMap((key, index) => (known[index] === undefined && !running.has(key) ? [index] : []));
    const [reader] = members;
    if (missing.length === 0 || reader === undefined) return;
    const select = <T>(all: readonly T[]): readonly T[] => all.filter((_, index) => missing.includes(index));
    start(reader.principal, select(items), select(keys));
  }

  /** Ends a subscription's need of a batch. */
  function release(batch: Batch): void {
    batch.needed -= 1;
    if (batch.needed > 0 || batch.outcome !== undefined) return;
    for (const key of batch.keys) if (running.get(key) === batch) running.delete(key);
    batch.controller.abort();
  }

  async function resultsOf(member: Member, items: readonly StreamItem[]): Promise<readonly EventResult[]> {
    if (member.hasLeft) throw hasEnded();
    const keys = items.map((item) => keyOf(name, item));
    const results = keys.map((key) => kept.get(key));
    if (isComplete(results)) return results;
    startMissing(items, keys, results);
    const batches = keys.map((key, index) => (results[index] === undefined ? running.get(key) : undefined));
    const needed = new Set(batches.filter((batch) => batch !== undefined));
    for (const batch of needed) batch.needed += 1;
    try {
      for (const batch of needed) await waitFor(batch, member);
    } finally {
      for (const batch of needed) release(batch);
    }
    return results.map((result, index) => result ?? resultIn(batches[index], keys[index]));
  }

  const core: Core = {
    batchSize: () => size.current,
    resultsOf,
    remove(member) {
      members.delete(member);
      if (members.size === 0) onEmpty();
    },
  };
  return {
    join(principal, traceparent) {
      const member = new Member(principal, traceparent, core);
      members.add(member);
      return member;
    },
  };
}

function subscribersOf(members: ReadonlySet<Member>): Subscribers {
  if (!isTracing) return NO_SUBSCRIBERS;
  const first = [...members.values().take(MAX_LINKS)].map(({ traceparent }) => traceparent);
  return { count: members.size, traceparents: first.filter((traceparent) => traceparent !== undefined) };
}

/** Positions and resets are not events of the log: two with the same number may differ in their time. */
function keyOf(name: string, item: StreamItem): string {
  return item.type === "event" ? `${name} ${item.seq}` : `${name} ${item.type} ${item.seq} ${item.at}`;
}

function isComplete(results: readonly (EventResult | undefined)[]): results is readonly EventResult[] {
  return !results.includes(undefined);
}

/** @throws ServiceError CANCELED when the member has left */
async function waitFor(batch: Batch, member: Member): Promise<void> {
  if (batch.outcome === undefined && !member.hasLeft) {
    batch.waiting.add(member);
    await member.sleep();
    batch.waiting.delete(member);
  }
  if (member.hasLeft) throw hasEnded();
}

function hasEnded(): ServiceError {
  return new ServiceError("CANCELED", "the subscription has ended");
}

/** @throws ServiceError OPERATION_TIMEOUT | CANCELED */
function resultIn(batch: Batch | undefined, key: string | undefined): EventResult {
  const outcome = batch?.outcome;
  if (outcome !== undefined && "error" in outcome) throw outcome.error;
  const result = key === undefined ? undefined : outcome?.results[batch?.keys.indexOf(key) ?? -1];
  if (result === undefined) throw new ServiceError("INTERNAL", "internal error", { detail: "an event has no result" });
  return result;
}
