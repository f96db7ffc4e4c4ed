import type { Faults } from "../../shared/faults.ts";
import type { Random } from "../../shared/random.ts";
import { NO_COUNTS, type MutableCounts, type WebhookCounts } from "../../shared/webhook-counts.ts";
import { createHeap } from "../world/heap.ts";
import type { Entry, ObjectStore } from "../world/object-store.ts";
import type { Endpoint } from "./endpoints.ts";
import { planJobs, signedBody, type Job } from "./job.ts";
import { createSender } from "./send.ts";

/** Delivers events to the endpoints, with retries until they are accepted. */
export interface Dispatcher {
  enqueue(endpoint: Endpoint, event: Entry): void;
  counts(): WebhookCounts;
  /** Resets all counts except that of pending deliveries. */
  resetCounts(): void;
  /** Resolves true when no delivery is pending or in progress, false when the signal aborts first. */
  idle(signal: AbortSignal): Promise<boolean>;
  close(): void;
}

export interface DispatcherOptions {
  readonly store: ObjectStore;
  readonly faults: Faults;
  readonly random: Random;
  readonly nowMs: () => number;
}

/** Maximum number of concurrent attempts. */
const CONCURRENCY = 32;
/** First pause between attempts in compressed time: Stripe takes hours, up to three days. */
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;
const MAX_ATTEMPTS = 100;

/** Creates an idle dispatcher. No state is persisted: deliveries that are pending when the sandbox dies are lost. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { nowMs, store } = options;
  const sender = createSender(CONCURRENCY);
  const counts: MutableCounts = { ...NO_COUNTS };
  const queue = createQueue({
    nowMs,
    async attempt(job) {
      if (job.endpoint.removed) {
        counts.pending -= Number(job.kind === "genuine");
        return;
      }
      counts.sent += 1;
      const status = await sender.post(job.endpoint.url, ...signedBody(job, store, nowMs()));
      const again = finish(counts, job, status >= 200 && status < 300);
      if (again) queue.push({ ...job, attempt: job.attempt + 1, dueMs: nowMs() + pauseAfter(job, options.random) });
    },
  });
  return {
    counts: () => ({ ...counts }),
    resetCounts: () => void Object.assign(counts, NO_COUNTS, { pending: counts.pending }),
    enqueue(endpoint, event) {
      counts.events += 1;
      for (const job of planJobs({ endpoint, event, nowMs: nowMs() }, { ...options, counts })) {
        counts.pending += Number(job.kind === "genuine");
        queue.push(job);
      }
    },
    idle: (signal) => queue.idle(signal),
    close() {
      queue.close();
      sender.close();
    },
  };
}

/** Counts the result of an attempt. Returns true when it has to be repeated. */
function finish(counts: MutableCounts, job: Job, accepted: boolean): boolean {
  if (job.kind === "forged") counts.forgedAccepted += Number(accepted);
  if (job.kind === "stale") counts.staleAccepted += Number(accepted);
  if (job.kind !== "genuine") return false;
  if (!accepted) counts.failed += 1;
  const isLast = job.attempt + 1 >= MAX_ATTEMPTS;
  if (!accepted && !isLast) return true;
  counts.pending -= 1;
  if (accepted) counts.acked += 1;
  else counts.gaveUp += 1;
  return false;
}

function pauseAfter(job: Job, random: Random): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** job.attempt) * (0.5 + random.next() / 2);
}

interface Queue {
  push(job: Job): void;
  idle(signal: AbortSignal): Promise<boolean>;
  close(): void;
}

/** Makes attempts when they are due, up to a maximum at the same time. */
function createQueue(options: { readonly nowMs: () => number; readonly attempt: (job: Job) => Promise<void> }): Queue {
  const { nowMs, attempt } = options;
  const jobs = createHeap<Job>((job) => job.dueMs);
  const waiting = new Set<() => void>();
  let inFlight = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const pump = (): void => {
    clearTimeout(timer);
    if (closed) return;
    while (inFlight < CONCURRENCY && (jobs.peek()?.dueMs ?? Infinity) <= nowMs()) {
      const job = jobs.pop();
      if (job === undefined) break;
      inFlight += 1;
      void attempt(job).then(() => {
        inFlight -= 1;
        pump();
      });
    }
    const next = jobs.peek();
    if (next !== undefined && inFlight < CONCURRENCY) timer = setTimeout(pump, Math.max(0, next.dueMs - nowMs()));
    if (next === undefined && inFlight === 0) for (const wake of waiting) wake();
  };

  return {
    push(job) {
      jobs.push(job);
      pump();
    },
    async idle(signal) {
      while (!closed && (jobs.size() > 0 || inFlight > 0)) {
        if (signal.aborted) return false;
        await woken(waiting, signal);
      }
      return !closed;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const wake of waiting) wake();
    },
  };
}

/** Resolves when `waiting` is notified or the signal aborts. */
function woken(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      waiting.delete(wake);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    waiting.add(wake);
    signal.addEventListener("abort", wake, { once: true });
  });
}
