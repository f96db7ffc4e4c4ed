import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../../domain/error.ts";
import type { PullIterator } from "../../events/pull-iterator.ts";
import { pauseUnlessAborted } from "../../runtime/abort.ts";
import { equalJitterMs } from "../../runtime/backoff.ts";
import type { AccessEnds } from "../subscriptions/access-ends.ts";
import type { Message, OpenOperation } from "../subscriptions/open-messages.ts";
import type { CallbackClient, CallbackMessage } from "./callback-client.ts";
import type { CallbackSubscription } from "./callback-subscription.ts";

export interface EmitterOptions {
  readonly subscription: CallbackSubscription;
  readonly client: Pick<CallbackClient, "send">;
  /**
   * Opens its operation. @throws ServiceError OVERLOADED | RATE_LIMITED: it is tried again; anything else ends the
   * subscription
   */
  readonly open: () => OpenOperation;
  /** Aborted when this process must stop to send, because it closes or has lost the lease; a call in flight may end. */
  readonly signal: AbortSignal;
  /** Aborted when a call in flight must end too: its outcome is then unknown, and the message is repeated. */
  readonly cut: AbortSignal;
  /**
   * Called with the first position of a subscription that has none in the store, before anything is sent: another
   * process that continues the subscription begins there. Resolves when it is stored, or `signal` is aborted.
   */
  readonly keepStart: (cursor: string) => Promise<void>;
  /** Called when the gateway has accepted everything up to a position. */
  readonly onAccepted: (cursor: string) => void;
  readonly access: Pick<AccessEnds, "watch">;
  readonly random: () => number;
}

/** `over`: the subscription has ended. `stopped`: another process, or a later one, is to continue it. */
export type EmitterEnd = "over" | "stopped";

/**
 * Gateways give up a subscription after one (Hive Gateway) or three (Apollo Router) intervals without a message, so half
 * of one is in time for all.
 */
const HEARTBEATS_PER_INTERVAL = 2;
/** Intervals after which every gateway has given up. */
const TOLERATED_INTERVALS = 3;
/** The same for a gateway that expects no heartbeats. */
const TOLERANCE_WITHOUT_HEARTBEATS_MS = 60_000;
const TIMEOUT_MS = { min: 1_000, max: 10_000 };
const RETRY_PAUSE = { baseMs: 100, capMs: 5_000 };

/**
 * Sends the results of a subscription to its gateway, one call at a time, with heartbeats while there is none. A call that
 * fails is repeated until the gateway has certainly given up; an answer that refuses it ends the subscription.
 */
export async function emit(options: EmitterOptions): Promise<EmitterEnd> {
  const { subscription, signal, access } = options;
  const delivery = createDelivery(options);
  const operation = await openWithHeartbeats(options, delivery);
  if (operation === undefined) return signal.aborted ? "stopped" : "over";
  const ended = new AbortController();
  const refused = new AbortController();
  const { principal } = subscription;
  access.watch({ principal, signal: ended.signal, onEnded: (reason) => refused.abort(reason) });
  try {
    const outcome = await emitAll(options, { delivery, operation, refused: refused.signal });
    if (outcome.type === "refused") return "over";
    if (signal.aborted) return "stopped";
    const { errors } = outcome;
    const sent = await delivery.send({ action: "complete", ...(errors !== undefined && { errors }) });
    return sent === "stopped" ? "stopped" : "over";
  } finally {
    ended.abort();
    operation.end();
  }
}

interface Emission {
  readonly delivery: Delivery;
  readonly operation: OpenOperation;
  /** Aborted, with the reason, when the access of the caller ends. */
  readonly refused: AbortSignal;
}

/** How the results ended: the gateway has refused one, or there are no more. */
type Outcome =
  | { readonly type: "refused" }
  /** `errors` are JSON; undefined when the subscription is complete, or must stop. */
  | { readonly type: "done"; readonly errors?: string };

async function emitAll(
  { subscription, signal, keepStart, onAccepted }: EmitterOptions,
  { delivery, operation, refused }: Emission,
): Promise<Outcome> {
  let hasStart = subscription.cursor !== undefined;
  let messages: PullIterator<Message> | undefined;
  const stop = (): void => void messages?.return();
  const stopping = AbortSignal.any([signal, refused]);
  stopping.addEventListener("abort", stop);
  try {
    messages = await operation.run();
    if (stopping.aborted) stop();
    for (;;) {
      const next = messages.next();
      if (!(await delivery.beatUntil(next))) return { type: "refused" };
      const { done, value } = await next;
      if (done === true) break;
      if (value.cursor !== undefined && !hasStart) {
        if (!(await delivery.beatUntil(keepStart(value.cursor)))) return { type: "refused" };
        hasStart = true;
      }
      const sent = await delivery.send({ action: "next", payload: value.json });
      if (sent !== "accepted") return { type: sent === "refused" ? "refused" : "done" };
      if (value.cursor !== undefined) onAccepted(value.cursor);
    }
    if (!refused.aborted) return { type: "done" };
    return { type: "done", errors: errorsIn(operation, refused.reason) };
  } catch (reason) {
    return { type: "done", errors: errorsIn(operation, reason) };
  } finally {
    stopping.removeEventListener("abort", stop);
    stop();
  }
}

/** Operations that may not run at the moment are opened later: the gateway learns nothing of our limits meanwhile. */
async function openWithHeartbeats(
  { open, signal, random }: EmitterOptions,
  delivery: Delivery,
): Promise<OpenOperation | undefined> {
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      return open();
    } catch (reason) {
      const error = ServiceError.from(reason);
      if (!error.retryable) {
        const { code } = error;
        await delivery.send({
          action: "complete",
          errors: JSON.stringify([{ message: error.publicMessage, extensions: { code } }]),
        });
        return undefined;
      }
    }
    const pause = sleep(equalJitterMs(RETRY_PAUSE, failures, random), undefined, { signal }).catch(() => undefined);
    if (!(await delivery.beatUntil(pause))) return undefined;
  }
  return undefined;
}

function errorsIn({ failure }: OpenOperation, reason: unknown): string {
  const { errors } = JSON.parse(failure(reason)) as { readonly errors: unknown }; // made by us
  return JSON.stringify(errors);
}

/** Calls of one subscription, in order. */
interface Delivery {
  /** `refused`: the gateway does not want the subscription, or has given it up. */
  send(message: CallbackMessage): Promise<"accepted" | "refused" | "stopped">;
  /** Sends heartbeats until the work has ended, however; false if the gateway has refused one. */
  beatUntil(work: Promise<unknown>): Promise<boolean>;
}

function createDelivery({ subscription, client, signal, cut, random }: EmitterOptions): Delivery {
  const { callback } = subscription;
  const beatMs = callback.heartbeatMs / HEARTBEATS_PER_INTERVAL;
  const toleranceMs =
    callback.heartbeatMs === 0 ? TOLERANCE_WITHOUT_HEARTBEATS_MS : callback.heartbeatMs * TOLERATED_INTERVALS;
  const timeoutMs = Math.max(TIMEOUT_MS.min, Math.min(TIMEOUT_MS.max, beatMs || TIMEOUT_MS.max));
  let acceptedAtMs = performance.now();

  async function send(message: CallbackMessage): Promise<"accepted" | "refused" | "stopped"> {
    for (let failures = 1; ; failures += 1) {
      if (signal.aborted) return "stopped";
      try {
        if (!(await client.send(callback, message, { signal: cut, timeoutMs }))) return "refused";
        acceptedAtMs = performance.now();
        return "accepted";
      } catch (reason) {
        if (!ServiceError.from(reason).retryable && !signal.aborted) return "refused";
        if (performance.now() - acceptedAtMs > toleranceMs) return "refused";
        await pauseUnlessAborted(equalJitterMs(RETRY_PAUSE, failures, random), signal);
      }
    }
  }

  return {
    send,
    async beatUntil(work) {
      const settled = work.then(
        () => true,
        () => true, // the caller sees the failure
      );
      for (;;) {
        const timer = new AbortController();
        const dueMs = Math.max(0, acceptedAtMs + beatMs - performance.now());
        const beat = beatMs === 0 ? new Promise<false>(() => undefined) : sleep(dueMs, false, { signal: timer.signal });
        const isSettled = await Promise.race([settled, beat.catch(() => false)]);
        timer.abort();
        if (isSettled) return true;
        const sent = await send({ action: "check" });
        if (sent !== "accepted") return sent === "stopped";
      }
    },
  };
}
