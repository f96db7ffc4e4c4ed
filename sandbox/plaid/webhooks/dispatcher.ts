import { setTimeout as pause } from "node:timers/promises";
import type { Faults } from "../../shared/faults.ts";
import type { Random } from "../../shared/random.ts";
import { NO_COUNTS, type WebhookCounts } from "../../shared/webhook-counts.ts";
import type { Keys } from "./keys.ts";

export interface Endpoint {
  readonly id: string;
  readonly url: string;
}

/** Delivers webhooks to endpoints, with retries until they are accepted. */
export interface Dispatcher {
  enqueue(endpoint: Endpoint, body: string): void;
  counts(): WebhookCounts;
  /** Resolves true when no delivery is in progress, false when the signal aborts first. */
  idle(signal: AbortSignal): Promise<boolean>;
  /** Resolves when every attempt has ended. */
  close(): Promise<void>;
}

export interface DispatcherOptions {
  readonly keys: Keys;
  readonly faults: Faults;
  readonly random: Random;
  readonly nowMs: () => number;
  /** Returns whether an endpoint still exists: pending deliveries to a removed one are dropped. */
  readonly isActive: (endpoint: Endpoint) => boolean;
}

/** First pause between attempts in compressed time: Plaid's grow to hours, and end after a day. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const MAX_ATTEMPTS = 100;
/** Source: Plaid docs, "Webhooks". */
const ANSWER_TIMEOUT_MS = 10_000;
/** Age in seconds that no receiver may accept. */
const STALE_S = 400;

/** No state is persisted: deliveries that are pending when the sandbox dies are lost. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { keys, faults, random, nowMs } = options;
  const counts = { ...NO_COUNTS };
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const { signal } = closing;

  async function post(url: string, body: string, token: string): Promise<boolean> {
    counts.sent += 1;
    const headers = { "Content-Type": "application/json", "Plaid-Verification": token };
    try {
      const ended = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
      const response = await fetch(url, { method: "POST", body, headers, signal: ended });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false; // no receiver, no response, or the sandbox is closing: the delivery is retried
    }
  }

  const nowS = (): number => Math.floor(nowMs() / 1000);
  const rest = (ms: number): Promise<unknown> => pause(ms, undefined, { signal }).catch(() => undefined);
  const strikes = (name: "duplicate" | "reorder" | "lose" | "forge" | "stale"): boolean =>
    faults.strike(name, "") !== undefined;

  async function deliver(endpoint: Endpoint, body: string): Promise<void> {
    const { url } = endpoint;
    if (strikes("forge")) {
      counts.forged += 1;
      counts.forgedAccepted += Number(await post(url, body, await keys.sign(body, { iat: nowS(), forged: true })));
    }
    if (strikes("stale")) {
      counts.stale += 1;
      const token = await keys.sign(body, { iat: nowS() - STALE_S, forged: false });
      counts.staleAccepted += Number(await post(url, body, token));
    }
    if (strikes("lose")) return void (counts.lost += 1);
    if (strikes("reorder")) {
      counts.reordered += 1;
      await rest(random.integer(300, 1500)); // long enough to be overtaken by deliveries made meanwhile
    }
    await insist(endpoint, body, strikes("duplicate"));
  }

  async function insist(endpoint: Endpoint, body: string, twice: boolean): Promise<void> {
    for (let attempt = 0; !signal.aborted && options.isActive(endpoint); attempt += 1) {
      if (attempt === MAX_ATTEMPTS) return void (counts.gaveUp += 1);
      // Signed again for each attempt: a body that waited for minutes would be rejected for its age.
      const token = await keys.sign(body, { iat: nowS(), forged: false });
      const accepted = await post(endpoint.url, body, token);
      if (accepted && twice) {
        counts.duplicated += 1;
        await post(endpoint.url, body, token);
      }
      if (accepted) return void (counts.acked += 1);
      counts.failed += 1;
      await rest(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt) * (0.5 + random.next() / 2));
    }
  }

  return {
    counts: () => ({ ...counts, pending: running.size }),
    enqueue(endpoint, body) {
      counts.events += 1;
      const delivery = deliver(endpoint, body).finally(() => running.delete(delivery));
      running.add(delivery);
    },
    async idle(until) {
      const aborted = new Promise<boolean>((resolve) => until.addEventListener("abort", () => resolve(false)));
      while (running.size > 0 && !until.aborted) {
        const allEnded = Promise.allSettled(running).then(() => true);
        if (!(await Promise.race([allEnded, aborted]))) return false;
      }
      return running.size === 0;
    },
    async close() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
