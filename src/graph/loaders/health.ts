import { HEALTH_BATCH, findHealth } from "../../diagnosis/find-health.ts";
import type { SourceHealth } from "../../diagnosis/diagnose.ts";
import { findMetrics, type MetricRequest, type MetricSeriesRow } from "../queries/find-metrics.ts";
import {
  countHealth,
  findOldestFindings,
  findThroughput,
  findWorst,
  type HealthCountRow,
  type ThroughputRow,
} from "../queries/find-overview.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Loads the present health of a source; undefined if it is disconnected or does not exist. */
export const healthBySource: LoaderSpec<string, SourceHealth | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: HEALTH_BATCH,
  load: reading(async (tx, ids) => inOrder(ids, await findHealth(tx, ids), (health) => health.sourceId)),
};

/** Loads the number of sources by recorded state. */
export const healthCounts: LoaderSpec<"counts", readonly HealthCountRow[]> = {
  key: (name) => name,
  maxBatch: 1,
  load: reading(async (tx) => [await countHealth(tx)]),
};

/** Loads the ids of this many sources that are not in step. */
export const worstSources: LoaderSpec<number, readonly string[]> = {
  key: String,
  maxBatch: 1,
  load: reading((tx, limits) => Promise.all(limits.map((limit) => findWorst(tx, limit)))),
};

/** Loads the ids of this many open findings, the oldest ones. */
export const oldestFindings: LoaderSpec<number, readonly string[]> = {
  key: String,
  maxBatch: 1,
  load: reading((tx, limits) => Promise.all(limits.map((limit) => findOldestFindings(tx, limit)))),
};

/** Loads counts of the last hour. */
export const throughput: LoaderSpec<"hour", ThroughputRow> = {
  key: (name) => name,
  maxBatch: 1,
  load: reading(async (tx) => [await findThroughput(tx)]),
};

/** Loads metrics of a source over time. */
export const metrics: LoaderSpec<MetricRequest, readonly MetricSeriesRow[]> = {
  key: (request) => JSON.stringify(request),
  maxBatch: 4,
  load: reading((tx, requests) => Promise.all(requests.map((request) => findMetrics(tx, request)))),
};
