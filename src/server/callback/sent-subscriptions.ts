import { ServiceError } from "../../domain/error.ts";
import { pauseUnlessAborted } from "../../runtime/abort.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import type { AccessEnds } from "../subscriptions/access-ends.ts";
import type { OpenOperation } from "../subscriptions/open-messages.ts";
import type { CallbackClient } from "./callback-client.ts";
import type { CallbackProgress, CallbackStore } from "./callback-store.ts";
import type { CallbackSubscription } from "./callback-subscription.ts";
import { emit } from "./emitter.ts";

export interface SentSubscriptionsOptions {
  readonly store: Pick<CallbackStore, "renew" | "release" | "remove">;
  readonly client: Pick<CallbackClient, "send">;
  /** Opens the operation of a subscription. */
  readonly open: (subscription: CallbackSubscription) => OpenOperation;
  readonly access: Pick<AccessEnds, "watch">;
  readonly random: () => number;
  readonly onProblem: (problem: ServiceError) => void;
}

/** Subscriptions that this process sends, each until it ends, its lease is lost, or the process closes. */
export interface SentSubscriptions {
  readonly size: number;
  /** Begins to send one. @param first its operation, if it is open already */
  add(subscription: CallbackSubscription, first?: OpenOperation): void;
  /** Extends the leases of all, with their positions; those that another process has taken are stopped. */
  renew(): Promise<void>;
  /** Stops all without ending them: any process may continue them. */
  stopAll(): void;
  /** Stops all and ends their leases; resolves when none sends any more, or after the time. */
  close(timeoutMs: number): Promise<void>;
}

/** Pause before a position is stored again after a failure of the store. */
const STORE_PAUSE_MS = 500;

interface Sent {
  readonly subscription: CallbackSubscription;
  /** No further call begins. */
  readonly stop: AbortController;
  /** The call in flight ends. */
  readonly cut: AbortController;
  /** Position up to which the gateway has accepted everything since this process sends. */
  cursor: string | undefined;
  readonly ended: Promise<void>;
}

export function createSentSubscriptions(options: SentSubscriptionsOptions): SentSubscriptions {
  const { store, onProblem } = options;
  const all = new Map<string, Sent>();
  let closing = false;

  const abort = (controller: "stop" | "cut"): void => {
    for (const sent of all.values()) sent[controller].abort();
  };
  const stopAll = (): void => {
    abort("stop");
    abort("cut");
  };

  return {
    get size() {
      return all.size;
    },
    add(subscription, first) {
      const [stop, cut] = [new AbortController(), new AbortController()];
      const onAccepted = (cursor: string): void => void (sent.cursor = cursor);
      const keepStart = (cursor: string): Promise<void> => {
        sent.cursor = cursor;
        return keepPosition(options, sent);
      };
      const signals = { signal: stop.signal, cut: cut.signal };
      const send = async (): Promise<void> => {
        await sendUntilEnd(options, { subscription, first, ...signals, keepStart, onAccepted });
        if (!closing) all.delete(subscription.id);
      };
      const sent: Sent = { subscription, stop, cut, cursor: undefined, ended: Promise.resolve().then(send) };
      all.set(subscription.id, sent);
    },
    async renew() {
      for (const [tenantId, own] of byTenant(all.values())) {
        const kept = await store.renew(tenantId, own.map(progressOf));
        for (const { subscription, stop, cut } of own) {
          if (kept.has(subscription.id)) continue;
          stop.abort();
          cut.abort();
        }
      }
    },
    stopAll,
    async close(timeoutMs) {
      closing = true;
      abort("stop"); // what a gateway is receiving now is not repeated by the next process
      const left = [...all.values()];
      await waitAtMost(timeoutMs, Promise.all(left.map(({ ended }) => ended)));
      abort("cut");
      try {
        for (const [tenantId, own] of byTenant(left)) await store.release(tenantId, own.map(progressOf));
      } catch (reason) {
        onProblem(ServiceError.from(reason)); // they are claimed when their leases have expired
      }
      all.clear();
    },
  };
}

interface Sending {
  readonly subscription: CallbackSubscription;
  readonly first: OpenOperation | undefined;
  readonly signal: AbortSignal;
  readonly cut: AbortSignal;
  readonly keepStart: (cursor: string) => Promise<void>;
  readonly onAccepted: (cursor: string) => void;
}

/** Stores the position of one subscription, as soon as the store is available. */
async function keepPosition({ store, onProblem }: SentSubscriptionsOptions, sent: Sent): Promise<void> {
  const { subscription, stop } = sent;
  for (let isStored = false; !isStored && !stop.signal.aborted;) {
    try {
      const kept = await store.renew(subscription.principal.tenantId, [progressOf(sent)]);
      if (!kept.has(subscription.id)) stop.abort(); // another process sends it
      isStored = true;
    } catch (reason) {
      onProblem(ServiceError.from(reason));
      await pauseUnlessAborted(STORE_PAUSE_MS, stop.signal);
    }
  }
}

/** Never rejects: a subscription whose sending failed is claimed again when its lease has expired. */
async function sendUntilEnd(
  { store, client, access, random, onProblem, open }: SentSubscriptionsOptions,
  { subscription, first, signal, cut, keepStart, onAccepted }: Sending,
): Promise<void> {
  let unused = first;
  const openOnce = (): OpenOperation => {
    const operation = unused ?? open(subscription);
    unused = undefined;
    return operation;
  };
  try {
    const positions = { keepStart, onAccepted };
    const end = await emit({ subscription, client, open: openOnce, signal, cut, ...positions, access, random });
    if (end === "over") await store.remove(subscription);
  } catch (reason) {
    onProblem(ServiceError.from(reason));
  } finally {
    unused?.end();
  }
}

function progressOf({ subscription, cursor }: Sent): CallbackProgress {
  return { id: subscription.id, token: subscription.lease.token, cursor };
}

function byTenant(entries: Iterable<Sent>): ReadonlyMap<string, readonly Sent[]> {
  return Map.groupBy(entries, ({ subscription }) => subscription.principal.tenantId);
}
