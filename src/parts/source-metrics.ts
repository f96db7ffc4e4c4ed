import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import type { Feeds } from "../ingest/feeds/feeds.ts";
import type { Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import { registerInstanceGauges } from "../statistics/instance-gauges.ts";
import { startProcessWatch } from "../statistics/process-states.ts";
import type { Series } from "../statistics/series.ts";
import { startStatisticsWriter, type StatisticsWriter } from "../statistics/statistics-writer.ts";
import type { ClockOffsets } from "../upstream/clock-offsets.ts";
import type { Metrics } from "../metrics.ts";
import type { Database } from "../store/database.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly metrics: Metrics;
  readonly pools: Readonly<Record<string, Database>>;
  readonly series: Series;
  readonly clockOffsets: ClockOffsets;
  readonly feeds: Feeds;
}

interface SourceMetrics {
  readonly statisticsWriter: StatisticsWriter;
  readonly processWatch: Loop;
}

/** Stores the metrics of sources once a minute, and the state of this process. */
export const part: Part<Needs, SourceMetrics> = {
  name: "metrics over time",
  start({ config, dbFor, metrics, pools, series, clockOffsets, feeds, log }) {
    registerInstanceGauges({
      registry: metrics.registry,
      db: dbFor("metrics"),
      sources: config.metrics.sources,
      version: ownVersion(),
      pools: Object.fromEntries(
        Object.entries(pools).flatMap(([name, { poolUse }]) => (poolUse === undefined ? [] : [[name, poolUse]])),
      ),
      onProblem: (err) => log.warn({ err }, "the state of the service could not be read for its metrics"),
    });
    const sample = (): void => {
      for (const { tenantId, sourceId, lagMs, lagBytes } of feeds.stats().following) {
        if (lagMs !== undefined) series.add(tenantId, sourceId, "FEED_LAG_MS", lagMs);
        if (lagBytes !== undefined) series.add(tenantId, sourceId, "FEED_LAG_BYTES", Number(lagBytes));
      }
      for (const { tenantId, sourceId, offsetMs } of clockOffsets.take())
        series.add(tenantId, sourceId, offsetMs < 0 ? "CLOCK_AHEAD_MS" : "CLOCK_BEHIND_MS", Math.abs(offsetMs));
    };
    const shared = { db: dbFor("metrics"), log, random: Math.random };
    return {
      statisticsWriter: startStatisticsWriter({ ...shared, series, sample }),
      processWatch: startProcessWatch({
        ...shared,
        processId: `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`,
      }),
    };
  },
  async close({ statisticsWriter, processWatch }) {
    await Promise.all([statisticsWriter.close(PART_DRAIN_MS), processWatch.close(PART_DRAIN_MS)]);
  },
};

function ownVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version; // our own file, checked by a test
}
