import { BUCKETS, bucketOf } from "./histogram.ts";
import { type CollectedMetric, METRICS } from "./metric-names.ts";

/** What was collected of one metric of a source in one minute. */
export interface SeriesEntry {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly name: CollectedMetric;
  /** Beginning of the minute, epoch milliseconds. */
  readonly minuteMs: number;
  count: number;
  sum: number;
  max: number;
  /** Undefined for a metric that only counts. */
  readonly buckets: number[] | undefined;
}

/** The metrics of sources that this process has collected and not written yet. */
export interface Series {
  /** Adds a value to the metric of the present minute; for a metric that counts, the number to add. */
  add(tenantId: string, sourceId: string, name: CollectedMetric, value: number): void;
  /** Removes and returns everything that was collected, by tenant. */
  take(): ReadonlyMap<string, readonly SeriesEntry[]>;
}

const MINUTE_MS = 60_000;
/** About 20 MB. More sources than this are not active within a minute; their values are not counted. */
const MAX_ENTRIES = 50_000;

/** @param nowMs epoch milliseconds */
export function createSeries(nowMs: () => number, maxEntries = MAX_ENTRIES): Series {
  let entries = new Map<string, SeriesEntry>();
  return {
    add(tenantId, sourceId, name, value) {
      const minuteMs = Math.floor(nowMs() / MINUTE_MS) * MINUTE_MS;
      const key = `${sourceId}\0${name}\0${minuteMs}\0${tenantId}`;
      const { isMeasured } = METRICS[name];
      let entry = entries.get(key);
      if (entry === undefined) {
        if (entries.size >= maxEntries) return;
        const buckets = isMeasured ? Array.from({ length: BUCKETS }, () => 0) : undefined;
        entry = { tenantId, sourceId, name, minuteMs, count: 0, sum: 0, max: 0, buckets };
        entries.set(key, entry);
      }
      entry.count += isMeasured ? 1 : value;
      entry.sum += value;
      entry.max = Math.max(entry.max, value);
      if (entry.buckets !== undefined) {
        const bucket = bucketOf(value);
        entry.buckets[bucket] = (entry.buckets[bucket] ?? 0) + 1;
      }
    },
    take() {
      const taken = entries;
      entries = new Map();
      return Map.groupBy(taken.values(), ({ tenantId }) => tenantId);
    },
  };
}
