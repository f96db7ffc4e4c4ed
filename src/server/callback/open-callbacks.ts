import { randomUUID } from "node:crypto";
import { OperationTypeNode } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { keepLease, type LeaseKeeper } from "../../runtime/keep-lease.ts";
import { createLoop } from "../../runtime/loop.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import type { Keyring } from "../../sources/secrets/keyring.ts";
import type { Database } from "../../store/database.ts";
import type { OperationRequest } from "../graphql/prepare-operation.ts";
import type { Operation } from "../subscriptions/operation.ts";
import { type OpenOperation, openOperation } from "../subscriptions/open-messages.ts";
import type { Quota } from "../subscriptions/quota.ts";
import type { TransportGraph } from "../subscriptions/transport-graph.ts";
import { createCallbackClient } from "./callback-client.ts";
import type { CallbackRequest } from "./callback-request.ts";
import { type CallbackLimits, type CallbackProgress, createCallbackStore } from "./callback-store.ts";
import type { CallbackSubscription } from "./callback-subscription.ts";
import { emit } from "./emitter.ts";

export interface CallbackSettings {
  /** Origins to which events may be sent: `https://router.example:4000`. At least one. */
  readonly origins: readonly string[];
  /** Networks beyond the public ones that these may be in. */
  readonly networks: readonly string[];
  readonly limits: CallbackLimits;
}

/** Times by which processes take over from each other. */
export interface CallbackTimes {
  /** Time after which the lease of a process that does not renew it expires. */
  readonly leaseMs: number;
  /** Interval between renewals, with which positions are stored. */
  readonly renewMs: number;
  /** Interval at which subscriptions that no process sends are looked for. */
  readonly pollMs: number;
}

/** Apollo Router gives a subscription up after 15 seconds without a message, with its default settings. */
export const DEFAULT_CALLBACK_TIMES: CallbackTimes = { leaseMs: 6_000, renewMs: 1_500, pollMs: 1_000 };

export interface OpenCallbacksOptions {
  readonly graph: TransportGraph;
  readonly quota: Quota;
  readonly settings: CallbackSettings;
  /** Configured tenants: the subscriptions of others are not sent. */
  readonly tenants: readonly string[];
  readonly db: Database;
  readonly keyring: Keyring;
  readonly random: () => number;
  readonly times?: CallbackTimes;
  readonly onProblem: (problem: ServiceError) => void;
}

export interface SubscribeInput {
  readonly principal: Principal;
  readonly requestId: string;
  readonly callback: CallbackRequest;
  readonly read: () => OperationRequest;
}

/** Subscriptions by Apollo's HTTP callback protocol. They survive this process: another one, or a later one, continues. */
export interface Callbacks {
  /** Number that this process sends. */
  readonly open: number;
  /**
   * Begins to send the events of a subscription; resolves when the gateway has confirmed that it wants them, and they are
   * stored. False, with nothing begun, for an operation that is no subscription.
   * @throws ServiceError FORBIDDEN | INVALID_INPUT | OVERLOADED | UPSTREAM_UNAVAILABLE, and as `prepareOperation`
   */
  subscribe(input: SubscribeInput, signal: AbortSignal): Promise<boolean>;
  /** Begins to look for subscriptions that no process sends. */
  start(): void;
  /** Stops to send; another process continues at once. */
  close(): Promise<void>;
}

interface Running {
  readonly subscription: CallbackSubscription;
  readonly stop: AbortController;
  cursor: string | undefined;
  readonly ended: Promise<void>;
}

/** Subscriptions that are claimed at a time, of a tenant. */
const CLAIM_BATCH = 100;
const CHECK_TIMEOUT_MS = 5_000;
const CLOSE_MS = 3_000;

export function openCallbacks(options: OpenCallbacksOptions): Callbacks {
  const { graph, quota, settings, db, keyring, random, onProblem } = options;
  const times = options.times ?? DEFAULT_CALLBACK_TIMES;
  const owner = randomUUID();
  const store = createCallbackStore({ db, keyring, owner, leaseMs: times.leaseMs });
  const client = createCallbackClient(settings);
  const running = new Map<string, Running>();
  const operations = new Set<Operation>();
  let closing = false;
  let keeper: LeaseKeeper | undefined;
  let closed: Promise<void> | undefined;

  function openStored({ principal, request, cursor, callback }: CallbackSubscription): OpenOperation {
    const shared = { graph, quota, principal, running: operations, transport: "callback" } as const;
    return openOperation({ ...shared, read: () => request, resumeAfter: cursor, kept: callback });
  }

  function run(subscription: CallbackSubscription, first?: OpenOperation): void {
    const stop = new AbortController();
    let opened = first;
    const open = (): OpenOperation => {
      const operation = opened ?? openStored(subscription);
      opened = undefined;
      return operation;
    };
    const onAccepted = (cursor: string): void => void (entry.cursor = cursor);
    const send = async (): Promise<void> => {
      try {
        const end = await emit({ subscription, client, open, signal: stop.signal, onAccepted, random });
        if (end === "over") await store.remove(subscription);
      } catch (reason) {
        onProblem(ServiceError.from(reason)); // it is claimed again when its lease has expired
      } finally {
        opened?.end();
        if (!closing) running.delete(subscription.id);
      }
    };
    const entry: Running = { subscription, stop, cursor: undefined, ended: Promise.resolve().then(send) };
    running.set(subscription.id, entry);
  }

  /** Renews the leases of all that this process sends; those that it has lost are stopped. */
  async function renewAll(): Promise<undefined> {
    for (const [tenantId, entries] of byTenant(running.values())) {
      const kept = await store.renew(tenantId, entries.map(progressOf));
      for (const { subscription, stop } of entries) if (!kept.has(subscription.id)) stop.abort();
    }
  }

  function keepLeases(): LeaseKeeper {
    const started = keepLease({ renew: renewAll, renewMs: times.renewMs, leaseMs: times.leaseMs });
    started.lost.addEventListener("abort", () => {
      for (const { stop } of running.values()) stop.abort();
      void started.stop();
      if (!closing) keeper = keepLeases();
    });
    return started;
  }

  const claims = createLoop({
    async round(signal) {
      const due = await store.dueTenants();
      for (const tenantId of due.filter((one) => options.tenants.includes(one))) {
        if (signal.aborted) break;
        for (const subscription of await store.claim(tenantId, CLAIM_BATCH)) run(subscription);
      }
      return false;
    },
    pollMs: times.pollMs,
    onError: (reason) => onProblem(ServiceError.from(reason)),
    random,
  });

  async function confirm(callback: CallbackRequest, signal: AbortSignal): Promise<void> {
    if (await client.send(callback, { action: "check" }, { signal, timeoutMs: CHECK_TIMEOUT_MS })) return;
    throw new ServiceError("INVALID_INPUT", "extensions.subscription: the gateway did not confirm the subscription");
  }

  async function close(): Promise<void> {
    closing = true;
    await claims.close(CLOSE_MS);
    await keeper?.stop();
    const entries = [...running.values()];
    for (const { stop } of entries) stop.abort();
    await waitAtMost(CLOSE_MS, Promise.all(entries.map(({ ended }) => ended)));
    await release(store, entries).catch((reason: unknown) => onProblem(ServiceError.from(reason)));
    running.clear();
    await waitAtMost(CLOSE_MS, client.close());
  }

  return {
    get open() {
      return running.size;
    },
    async subscribe({ principal, requestId, callback, read }, signal) {
      client.requireAllowed(callback.callbackUrl);
      if (closing) throw new ServiceError("OVERLOADED", "the server is closing", { retryAfterMs: 1_000 });
      const request = read();
      const shared = { graph, quota, principal, running: operations, requestId, transport: "callback" } as const;
      const operation = openOperation({ ...shared, read: () => request, kept: callback });
      try {
        if (operation.type !== OperationTypeNode.SUBSCRIPTION) {
          operation.end();
          return false;
        }
        await confirm(callback, signal);
        const subscription = { id: randomUUID(), principal, callback, request, cursor: undefined };
        run(await store.insert(subscription, settings.limits), operation);
        return true;
      } catch (reason) {
        operation.end();
        throw reason;
      }
    },
    start() {
      keeper = keepLeases();
      claims.start();
    },
    close: () => (closed ??= close()),
  };
}

async function release(store: Pick<ReturnType<typeof createCallbackStore>, "release">, entries: readonly Running[]) {
  for (const [tenantId, own] of byTenant(entries)) await store.release(tenantId, own.map(progressOf));
}

function progressOf({ subscription, cursor }: Running): CallbackProgress {
  return { id: subscription.id, token: subscription.lease.token, cursor };
}

function byTenant(entries: Iterable<Running>): ReadonlyMap<string, readonly Running[]> {
  return Map.groupBy(entries, ({ subscription }) => subscription.principal.tenantId);
}
