import type { Logger } from "pino";
import { createLoop, type Loop } from "../runtime/loop.ts";
import type { Database } from "../store/database.ts";

export interface ProcessWatchOptions {
  readonly db: Database;
  /** Name of this process, unique over all replicas. */
  readonly processId: string;
  readonly log: Logger;
  readonly random: () => number;
  /** Interval between two reports. Default: 15 s. */
  readonly everyMs?: number;
  /** Shortest blocking of the event loop that is reported. Default: 1 s. */
  readonly stallMs?: number;
}

const EVERY_MS = 15_000;
const STALL_MS = 1_000;
/** Interval of the timer by which the blocking of the event loop is measured. */
const TICK_MS = 20;
/** Answers of the database of which the fastest is reported: a slow database is slow each time. */
const ANSWERS = 4;
/** An answer does not count if the event loop was blocked for more than this share of it: then the process is slow. */
const BLOCKED_SHARE = 0.25;

/**
 * Reports for this process, every few seconds and by one statement: how long its event loop was blocked, how long the
 * database takes to answer, and for how long it could not be reached. The diagnosis of sources reads it.
 */
export function startProcessWatch(options: ProcessWatchOptions): Loop {
  const { db, processId, log, random, everyMs = EVERY_MS, stallMs = STALL_MS } = options;
  const delays = watchDelays();
  const answers: number[] = [];
  let stalledMs = 0;
  let failingSinceMs: number | undefined;

  /** Returns the longest blocking since the last time, which is not reported yet. */
  function takeDelay(): number {
    const delayMs = delays.take();
    stalledMs = Math.max(stalledMs, delayMs);
    return delayMs;
  }

  async function report(): Promise<void> {
    takeDelay();
    const startedMs = performance.now();
    const lostMs = failingSinceMs === undefined ? 0 : startedMs - failingSinceMs;
    const storeMs = answers.length < ANSWERS ? 0 : Math.min(...answers);
    const reportedMs = stalledMs >= stallMs ? stalledMs : 0;
    try {
      await db.query(REPORT, [processId, reportedMs, storeMs, lostMs]);
    } catch (reason) {
      failingSinceMs ??= startedMs;
      throw reason;
    }
    stalledMs = 0;
    failingSinceMs = undefined;
    const answerMs = performance.now() - startedMs;
    if (takeDelay() > BLOCKED_SHARE * answerMs) return;
    answers.push(answerMs);
    if (answers.length > ANSWERS) answers.shift();
  }

  const loop = createLoop({
    pollMs: everyMs,
    random,
    async round() {
      await report();
      return false;
    },
    onError(err, failures) {
      if (failures === 1) log.warn({ err }, "the state of this process could not be reported");
    },
  });
  loop.start();
  return {
    ...loop,
    async close(deadlineMs) {
      delays.stop();
      await loop.close(deadlineMs);
    },
  };
}

/**
 * Measures how late the event loop runs a timer. `monitorEventLoopDelay` of Node.js would not notice a blocking that
 * begins right after its `reset`, because it measures again only from the next run of its timer on.
 */
function watchDelays() {
  let lastMs = performance.now();
  let longestMs = 0;
  const tick = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs - TICK_MS);
    lastMs = nowMs;
  };
  const timer = setInterval(tick, TICK_MS).unref();
  return {
    /** Returns the longest delay since the last time, in milliseconds. */
    take(): number {
      tick();
      const takenMs = longestMs;
      longestMs = 0;
      return takenMs;
    },
    stop: (): void => clearInterval(timer),
  };
}

const REPORT = `
  with forgotten as (
    delete from process_states where seen_at < now() - interval '1 hour' and process_id <> $1
  )
  insert into process_states as existing
    (process_id, started_at, seen_at, stalled_at, stalled_ms, store_ms, store_lost_at, store_lost_ms)
  values ($1, now(), now(), case when $2::float8 > 0 then now() end, $2, $3, case when $4::float8 > 0 then now() end, $4)
  on conflict (process_id) do update set seen_at = now(), store_ms = excluded.store_ms,
    stalled_at = coalesce(excluded.stalled_at, existing.stalled_at),
    stalled_ms = case when excluded.stalled_at is null then existing.stalled_ms else excluded.stalled_ms end,
    store_lost_at = coalesce(excluded.store_lost_at, existing.store_lost_at),
    store_lost_ms = case when excluded.store_lost_at is null then existing.store_lost_ms else excluded.store_lost_ms end`;
