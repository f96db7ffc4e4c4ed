import type { Logger } from "pino";
import { createLoop, type Loop } from "../runtime/loop.ts";
import type { Database } from "./database.ts";

export interface WatchClockOptions {
  readonly db: Database;
  readonly log: Logger;
  /** Epoch milliseconds of this process. Default: the system's clock. */
  readonly epochMs?: () => number;
  /** Uniform in [0, 1): jitter of the pauses after failures. */
  readonly random: () => number;
  /** Interval between two comparisons in milliseconds. Default: one minute. */
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;
/**
 * Difference from which it is reported: far more than NTP leaves, and far less than the 300 s from which signed
 * webhooks are refused.
 */
const ALARM_MS = 30_000;

/**
 * Compares the clock of this process with the database's, and logs when they begin and cease to differ. Leases and
 * schedules use the database's clock only, but the times that are signed by others are compared with ours: with a
 * wrong clock this replica refuses every signed webhook and every recent token.
 */
export function watchClock({ db, log, epochMs = Date.now, random, everyMs = EVERY_MS }: WatchClockOptions): Loop {
  let isOff = false;
  return createLoop({
    async round() {
      const offsetMs = await readOffset(db, epochMs);
      const wasOff = isOff;
      isOff = Math.abs(offsetMs) > ALARM_MS;
      const about = { offsetSeconds: Math.round(offsetMs / 1_000) };
      if (isOff && !wasOff)
        log.warn(
          about,
          "the clock of this process differs from the database's: signed webhooks and tokens are refused",
        );
      if (!isOff && wasOff) log.info(about, "the clock of this process agrees with the database's again");
      return false;
    },
    pollMs: everyMs,
    onError: (err) => log.debug({ err }, "the clock could not be compared with the database's"),
    random,
  });
}

/** Our clock minus the database's, in milliseconds, with an error of at most half of the round trip. */
async function readOffset(db: Database, epochMs: () => number): Promise<number> {
  const sentMs = epochMs();
  const [row] = await db.query<{ now_ms: number }>(
    "select (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms",
  );
  return (sentMs + epochMs()) / 2 - (row?.now_ms ?? sentMs);
}
