import { randomUUID } from "node:crypto";
import { OperationTypeNode } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { keepLease } from "../../runtime/keep-lease.ts";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import type { ServedTenants } from "../../runtime/served-tenants.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import type { Keyring } from "../../sources/secrets/keyring.ts";
import type { Database } from "../../store/database.ts";
import type { OperationRequest } from "../graphql/prepare-operation.ts";
import type { Operation } from "../subscriptions/operation.ts";
import { openOperation } from "../subscriptions/open-messages.ts";
import type { Quota } from "../subscriptions/quota.ts";
import type { TransportGraph } from "../subscriptions/transport-graph.ts";
import { type CallbackClient, createCallbackClient } from "./callback-client.ts";
import type { CallbackRequest } from "./callback-request.ts";
import { type CallbackLimits, type CallbackStore, createCallbackStore } from "./callback-store.ts";
import { createSentSubscriptions, type SentSubscriptions } from "./sent-subscriptions.ts";

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
  /** The subscriptions of others are not sent. */
  readonly tenants: Pick<ServedTenants, "has">;
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
  /** Header of the request. */
  readonly traceparent: unknown;
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

/** Subscriptions that are claimed at a time, of a tenant. */
const CLAIM_BATCH = 100;
const CHECK_TIMEOUT_MS = 5_000;
const CLOSE_MS = 3_000;

export function openCallbacks(options: OpenCallbacksOptions): Callbacks {
  const { graph, quota, settings, db, keyring, random, onProblem } = options;
  const times = options.times ?? DEFAULT_CALLBACK_TIMES;
  const store = createCallbackStore({ db, keyring, owner: randomUUID(), leaseMs: times.leaseMs });
  const client = createCallbackClient(settings);
  const shared = { graph, quota, running: new Set<Operation>(), transport: "callback" } as const;
  const sent = createSentSubscriptions({
    store,
    client,
    access: graph.access,
    random,
    onProblem,
    open: ({ principal, request, cursor, callback }) =>
      openOperation({ ...shared, principal, read: () => request, resumeAfter: cursor, kept: callback }),
  });
  const claims = createClaims(options, { store, sent, pollMs: times.pollMs });
  let closing = false;
  let stopKeeping: (() => Promise<void>) | undefined;
  let closed: Promise<void> | undefined;

  async function close(): Promise<void> {
    closing = true;
    await claims.close(CLOSE_MS);
    await stopKeeping?.();
    await sent.close(CLOSE_MS);
    await waitAtMost(CLOSE_MS, client.close());
  }

  return {
    get open() {
      return sent.size;
    },
    async subscribe({ principal, requestId, callback, read, traceparent }, signal) {
      client.requireAllowed(callback.callbackUrl);
      if (closing) throw new ServiceError("OVERLOADED", "the server is closing", { retryAfterMs: 1_000 });
      const operation = openOperation({ ...shared, principal, requestId, read, kept: callback, traceparent });
      try {
        if (operation.type !== OperationTypeNode.SUBSCRIPTION) {
          operation.end();
          return false;
        }
        await confirm(client, callback, signal);
        const { request } = operation;
        const subscription = { id: randomUUID(), principal, callback, request, cursor: undefined };
        sent.add(await store.insert(subscription, settings.limits), operation);
        return true;
      } catch (reason) {
        operation.end();
        throw reason;
      }
    },
    start() {
      stopKeeping = keepLeases(sent, times);
      claims.start();
    },
    close: () => (closed ??= close()),
  };
}

interface ClaimParts {
  readonly store: Pick<CallbackStore, "dueTenants" | "claim">;
  readonly sent: SentSubscriptions;
  readonly pollMs: number;
}

/** Looks for subscriptions that no process sends, and sends them. */
function createClaims({ tenants, random, onProblem }: OpenCallbacksOptions, { store, sent, pollMs }: ClaimParts): Loop {
  return createLoop({
    async round(signal) {
      const due = await store.dueTenants();
      for (const tenantId of due.filter(tenants.has)) {
        if (signal.aborted) break;
        for (const subscription of await store.claim(tenantId, CLAIM_BATCH)) sent.add(subscription);
      }
      return false;
    },
    pollMs,
    onError: (reason) => onProblem(ServiceError.from(reason)),
    random,
  });
}

/**
 * Renews the leases of all that this process sends. When they could not be renewed in time, all are stopped, and those
 * that are claimed later are renewed again.
 * @returns the function that ends the renewals, and resolves when none is in flight
 */
function keepLeases(sent: SentSubscriptions, { renewMs, leaseMs }: CallbackTimes): () => Promise<void> {
  const renew = () => sent.renew().then(() => undefined);
  let isStopped = false;
  const start = () => {
    const keeper = keepLease({ renew, renewMs, leaseMs });
    keeper.lost.addEventListener("abort", () => {
      sent.stopAll();
      void keeper.stop();
      if (!isStopped) current = start();
    });
    return keeper;
  };
  let current = start();
  return async () => {
    isStopped = true;
    await current.stop();
  };
}

/** @throws ServiceError INVALID_INPUT when the gateway does not want the subscription | UPSTREAM_UNAVAILABLE */
async function confirm(client: CallbackClient, callback: CallbackRequest, signal: AbortSignal): Promise<void> {
  if (await client.send(callback, { action: "check" }, { signal, timeoutMs: CHECK_TIMEOUT_MS })) return;
  throw new ServiceError("INVALID_INPUT", "extensions.subscription: the gateway did not confirm the subscription");
}
