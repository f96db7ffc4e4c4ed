import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { type Call, callsOf, fetchMessages } from "./call.ts";
import { createCommitter } from "./committer.ts";
import { createSharedFetch, type SharedFetch, type Target } from "./shared-fetch.ts";
import { idsInUse } from "./ids-in-use.ts";
import type { RecentFetches } from "./recent-fetches.ts";
import { reportRefused } from "./report-refused.ts";
import { refusal, refusalOf, type FreshnessResult } from "./freshness-result.ts";

export interface SourceFetcherOptions {
  readonly db: Database;
  readonly source: Source;
  readonly recentFetches: RecentFetches;
  readonly log: Logger;
  readonly wakeUps: Pick<WakeUps, "refetchNeeded">;
}

/** Fetches objects of one source, each once for all its requesters. */
export interface SourceFetcher {
  /**
   * Returns the object's fetch that is in progress, or a new one. The connector must be able to fetch its type.
   * @param notBeforeMs time on the monotonic clock: a fetch whose response arrived earlier, and is only still being
   * stored, is not reused
   */
  sharedFetchOf(target: Target, notBeforeMs: number): SharedFetch;
  /** True if nothing is being fetched or stored. */
  isIdle(): boolean;
  /** Rejects the fetches in progress, cancels their calls, and resolves when the last commit has ended. */
  close(): Promise<void>;
}

/** Objects that are requested within one turn of the event loop are fetched together. */
export function createSourceFetcher(options: SourceFetcherOptions): SourceFetcher {
  const { db, source, recentFetches } = options;
  const committer = createCommitter({ db, source, onRefetchNeeded: () => options.wakeUps.refetchNeeded(source) });
  const sharedFetches = new Map<string, SharedFetch>();
  /** Fetches that are requested, but not sent yet. */
  const queued = new Set<SharedFetch>();
  /** Fetches that are sent, but not answered yet. */
  const calls = new Map<SharedFetch, Call>();
  /** Times of the responses that are being stored. */
  const answered = new WeakMap<SharedFetch, number>();
  /** Fetches that were sent again, because the first response conflicted with the stored state. */
  const refetched = new WeakSet<SharedFetch>();
  const running = new Set<Promise<void>>();
  let closed = false;

  function sharedFetchOf(target: Target, notBeforeMs: number): SharedFetch {
    const inProgress = sharedFetches.get(target.id);
    if (inProgress !== undefined && (answered.get(inProgress) ?? Infinity) >= notBeforeMs) return inProgress;
    const sharedFetch = createSharedFetch(target, () => abandon(sharedFetch));
    if (closed) {
      sharedFetch.resolve(refusal("OVERLOADED"));
      return sharedFetch;
    }
    sharedFetches.set(target.id, sharedFetch);
    enqueue(sharedFetch);
    return sharedFetch;
  }

  function enqueue(sharedFetch: SharedFetch): void {
    queued.add(sharedFetch);
    if (queued.size === 1) setImmediate(dispatch);
  }

  /** Cancels a call when no request waits for any of its objects; a later request starts a new call. */
  function abandon(sharedFetch: SharedFetch): void {
    if (queued.delete(sharedFetch)) forget(sharedFetch);
    const call = calls.get(sharedFetch);
    if (call === undefined || !call.sharedFetches.every((other) => other.isAbandoned())) return;
    for (const other of call.sharedFetches) forget(other);
    call.controller.abort();
  }

  function forget(sharedFetch: SharedFetch): void {
    if (sharedFetches.get(sharedFetch.target.id) === sharedFetch) sharedFetches.delete(sharedFetch.target.id);
  }

  function dispatch(): void {
    if (queued.size === 0) return;
    const clockRead = db.query<{ now: string }>("select clock_timestamp()::text as now");
    for (const call of callsOf(source, queued)) {
      for (const sharedFetch of call.sharedFetches) calls.set(sharedFetch, call);
      const ended = run(call, clockRead).finally(() => running.delete(ended));
      running.add(ended);
    }
    queued.clear();
  }

  async function run(call: Call, clockRead: Promise<readonly { readonly now: string }[]>): Promise<void> {
    try {
      const [clock] = await clockRead;
      const messages = await fetchMessages(source, call, await idsInUse(db, source, call));
      const answer = { messages, requestedAt: clock?.now ?? "" };
      const answeredMs = performance.now();
      for (const sharedFetch of call.sharedFetches) {
        calls.delete(sharedFetch);
        answered.set(sharedFetch, answeredMs);
      }
      const kept = await committer.commit(answer);
      for (const sharedFetch of call.sharedFetches) complete(sharedFetch, kept.get(sharedFetch.target.id));
    } catch (reason) {
      const error = ServiceError.from(reason);
      for (const sharedFetch of call.sharedFetches) {
        calls.delete(sharedFetch);
        finish(sharedFetch, refusalOf(error));
      }
      const targets = call.sharedFetches.map(({ target }) => target);
      await reportRefused({ source, targets, error }, options);
    }
  }

  /**
   * Decides by what was stored: a quarantined response yields nothing. A response that could not be ordered relative to
   * a concurrent write is requested once more: the next response reflects all that is stored by then.
   */
  function complete(sharedFetch: SharedFetch, kept: "observed" | "conflict" | undefined): void {
    if (kept === undefined) return finish(sharedFetch, refusal("UPSTREAM_FAULT"));
    if (kept === "observed") {
      recentFetches.note(sharedFetch.target.id, answered.get(sharedFetch) ?? -Infinity);
      return finish(sharedFetch, { kind: "fresh", fetched: true });
    }
    if (closed || refetched.has(sharedFetch) || sharedFetch.isAbandoned())
      return finish(sharedFetch, refusal("OVERLOADED"));
    refetched.add(sharedFetch);
    answered.delete(sharedFetch);
    enqueue(sharedFetch);
  }

  function finish(sharedFetch: SharedFetch, result: FreshnessResult): void {
    forget(sharedFetch);
    sharedFetch.resolve(result);
  }

  return {
    sharedFetchOf,
    isIdle: () => queued.size + running.size + sharedFetches.size === 0,
    async close() {
      closed = true;
      for (const sharedFetch of sharedFetches.values()) sharedFetch.resolve(refusal("OVERLOADED"));
      queued.clear();
      for (const { controller } of calls.values()) controller.abort();
      await Promise.all(running);
    },
  };
}
