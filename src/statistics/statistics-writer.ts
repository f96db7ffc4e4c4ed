import type { Logger } from "pino";
import { createLoop } from "../runtime/loop.ts";
import type { Database } from "../store/database.ts";
import type { Series } from "./series.ts";
import { writeSeries } from "./write-series.ts";

export interface StatisticsWriterOptions {
  readonly db: Database;
  readonly series: Series;
  readonly log: Logger;
  readonly random: () => number;
  /** Called before each write: adds values that are sampled, such as the lag of feeds. */
  readonly sample: () => void;
  /** Default: a minute. */
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;

export interface StatisticsWriter {
  /** Writes what was collected; resolves when it is written, or lost because the database cannot be reached. */
  flush(): Promise<void>;
  /** Writes what was collected since the last time, and ends. */
  close(drainMs: number): Promise<void>;
}

/** Writes the collected metrics once a minute: one transaction for each tenant to whose sources something happened. */
export function startStatisticsWriter(options: StatisticsWriterOptions): StatisticsWriter {
  const { db, series, log, random, sample, everyMs = EVERY_MS } = options;
  async function flush(): Promise<void> {
    sample();
    for (const [tenantId, entries] of series.take()) {
      await db
        .transaction(tenantId, (tx) => writeSeries(tx, entries))
        .catch((err: unknown) => log.warn({ err, tenantId }, "metrics of a minute could not be stored"));
    }
  }
  const loop = createLoop({
    pollMs: everyMs,
    random,
    async round() {
      await flush();
      return false;
    },
    onError: (err) => log.warn({ err }, "metrics could not be stored"),
  });
  loop.start();
  return {
    flush,
    async close(drainMs) {
      await loop.close(drainMs);
      await flush();
    },
  };
}
