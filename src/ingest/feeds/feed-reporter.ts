import type { FeedLagMessage } from "../../connector-api/change-feed.ts";
import { coalesce } from "../../runtime/coalesce.ts";
import { createRetentionAlarm } from "./feed-retention.ts";

/** What is to be written of a feed's progress. */
export interface FeedReport {
  /** Result of the newest message: it is received, or the upstream waits for something. */
  readonly signal: "receive" | "wait";
  /** Undefined: the upstream has not said. */
  readonly lag: FeedLagMessage | undefined;
  /** Sentence about the log that the upstream keeps, while that is too much. */
  readonly retention: string | undefined;
}

/**
 * Keeps the newest state and lag of a feed in memory, and writes them: a changed state at once, a lag once a second. Nothing
 * of it waits for changes that are being stored, so that a lock that they wait for becomes visible as a lag.
 */
export interface FeedReporter {
  /** Called for each message but a lag. Cheap. */
  received(): void;
  lag(message: FeedLagMessage): void;
  /** Called when received changes begin to be stored; the result is called when that has ended. */
  storing(): () => void;
  /** Newest lag. */
  newest(): FeedLagMessage | undefined;
  /** Ends the writing; resolves when no write is in flight. */
  close(): Promise<void>;
}

export interface FeedReporterOptions {
  readonly everyMs: number;
  /** From this time on, changes that are being stored count as a lag. */
  readonly slowMs: number;
  /** When it rejects, the newest report is written after `everyMs`. */
  readonly write: (report: FeedReport) => Promise<void>;
}

export function createFeedReporter({ everyMs, slowMs, write }: FeedReporterOptions): FeedReporter {
  const alarm = createRetentionAlarm();
  let lag: FeedLagMessage | undefined;
  let storingSinceMs: number | undefined;
  let slowTimer: NodeJS.Timeout | undefined;
  let retention: string | undefined;
  let written: FeedReport | undefined;
  let writtenAtMs = -Infinity;
  let hasReceived = false;
  let hasFailed = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  const writes = coalesce(async () => {
    timer = clear(timer);
    const report: FeedReport = { signal: signalNow(), lag: newest(), retention };
    if (isSame(report, written)) return;
    writtenAtMs = performance.now();
    try {
      await write(report);
      written = report;
      hasFailed = false;
    } catch {
      hasFailed = true; // until the next write, a message does not cause another one
      if (!isClosed) timer ??= setTimeout(writes.ask, everyMs);
    }
  });

  const signalNow = (): FeedReport["signal"] => (lag?.waitsFor === undefined ? "receive" : "wait");

  /** What is being stored for a long time is as far behind, whatever the upstream says. */
  function newest(): FeedLagMessage | undefined {
    const ms = storingSinceMs === undefined ? 0 : performance.now() - storingSinceMs;
    if (ms < slowMs) return lag;
    return { ...(lag ?? UNKNOWN_LAG), lagMs: Math.max(Math.round(ms), lag?.lagMs ?? 0) };
  }

  function note(): void {
    if (written?.signal !== signalNow() && !hasFailed) writes.ask();
    else timer ??= setTimeout(writes.ask, Math.max(0, writtenAtMs + everyMs - performance.now()));
  }

  return {
    received() {
      if (hasReceived) return;
      hasReceived = true;
      note();
    },
    lag(message) {
      lag = message;
      if (message.retention !== undefined) retention = alarm.check(message.retention);
      hasReceived = true;
      note();
    },
    storing() {
      storingSinceMs = performance.now();
      slowTimer = setInterval(note, slowMs);
      return () => {
        if (performance.now() - (storingSinceMs ?? 0) >= slowMs) note();
        storingSinceMs = undefined;
        slowTimer = clear(slowTimer);
      };
    },
    newest,
    async close() {
      isClosed = true;
      timer = clear(timer);
      slowTimer = clear(slowTimer);
      await writes.idle();
    },
  };
}

const UNKNOWN_LAG: FeedLagMessage = { type: "lag", lagMs: undefined, lagBytes: undefined, waitsFor: undefined };

function clear(timer: NodeJS.Timeout | undefined): undefined {
  clearTimeout(timer);
}

function isSame(report: FeedReport, other: FeedReport | undefined): boolean {
  return (
    other !== undefined &&
    report.signal === other.signal &&
    report.retention === other.retention &&
    report.lag?.lagMs === other.lag?.lagMs &&
    report.lag?.lagBytes === other.lag?.lagBytes &&
    report.lag?.waitsFor === other.lag?.waitsFor
  );
}
