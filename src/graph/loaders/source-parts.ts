import { SOURCE_ID } from "../../domain/ids.ts";
import { headOf } from "../../events/append.ts";
import type {
  BudgetStateRow,
  SourceErasureRow,
  SourceFeedRow,
  StreamStateRow,
  SyncRunStreamRow,
} from "../../store/queries/operation-rows.ts";
import { findHistoryEnds, findPasts } from "../../ingest/webhooks/health/delivery-history.ts";
import { expectedRate, type LearnedHour, learnedHours } from "../../ingest/webhooks/health/expected-rate.ts";
import { FIRST_CONCURRENCY } from "../../upstream/budget/beat-statement.ts";
import { findBudgets } from "../queries/find-budgets.ts";
import { findRunStreams } from "../queries/find-operations.ts";
import { findFeeds } from "../queries/find-feeds.ts";
import { findErasures, findStreamStates } from "../queries/find-sources.ts";
import {
  type WaitingRow,
  type WebhookStateRow,
  countWaiting,
  findExpectedRates,
  findWebhookStates,
} from "../queries/find-webhooks.ts";
import { type LoaderSpec, grouped, inOrder, reading } from "./define-loader.ts";

/** Loads the state of each bucket of the budget that a source uses, by name. */
export const budgetsBySource: LoaderSpec<string, readonly BudgetStateRow[]> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => grouped(ids, await findBudgets(tx, ids, FIRST_CONCURRENCY), (row) => row.sourceId)),
};

/** Loads the newest erasure of a source's data. */
export const erasureBySource: LoaderSpec<string, SourceErasureRow | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => {
    const possible = ids.filter((id) => SOURCE_ID.test(id));
    return inOrder(ids, await findErasures(tx, possible), (row) => row.sourceId);
  }),
};

/** Loads the change feed of a source; undefined if it has none. */
export const feedBySource: LoaderSpec<string, SourceFeedRow | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => inOrder(ids, await findFeeds(tx, ids), (row) => row.sourceId)),
};

/** Loads the state of each stream of a source, by name. */
export const streamStatesBySource: LoaderSpec<string, readonly StreamStateRow[]> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => grouped(ids, await findStreamStates(tx, ids), (row) => row.sourceId)),
};

/** Loads the streams of a run, by name. */
export const streamsByRun: LoaderSpec<string, readonly SyncRunStreamRow[]> = {
  key: (runId) => runId,
  maxBatch: 200,
  load: reading(async (tx, ids) => grouped(ids, await findRunStreams(tx, ids), (row) => row.runId)),
};

/** Loads the number of a source's deliveries that are not done. */
export const waitingBySource: LoaderSpec<string, WaitingRow | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => inOrder(ids, await countWaiting(tx, ids), (row) => row.sourceId)),
};

/**
 * Loads the usual number of webhook calls per hour of a source; undefined if there were none. A loader of its own,
 * because it reads about 20,000 rows per source.
 */
export const webhookRateBySource: LoaderSpec<string, number | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => {
    const found = inOrder(ids, await findExpectedRates(tx, ids), (row) => row.sourceId);
    return found.map((row) => row?.perHour);
  }),
};

/**
 * Loads what is expected in each hour of a week; undefined while too little is known. A loader of its own, because it
 * reads about 20,000 rows per source.
 */
export const learnedHoursBySource: LoaderSpec<string, readonly LearnedHour[] | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => {
    const ends = await findHistoryEnds(tx, ids);
    const pasts = ends.length === 0 ? [] : await findPasts(tx, ends);
    const rates = new Map(ends.map(({ sourceId }, index) => [sourceId, pasts[index] && expectedRate(pasts[index])]));
    return ids.map((id) => {
      const rate = rates.get(id);
      return rate && learnedHours(rate);
    });
  }),
};

/** Loads recent health and statistics of a source's webhooks; undefined for a source that does not exist. */
export const webhookStateBySource: LoaderSpec<string, WebhookStateRow | undefined> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => inOrder(ids, await findWebhookStates(tx, ids), (row) => row.sourceId)),
};

/**
 * Loads the number of the tenant's newest event. It increases: a caller that needs the current value clears it first.
 */
export const eventHead: LoaderSpec<"head", bigint> = {
  key: (name) => name,
  maxBatch: 1,
  load: reading(async (tx) => [await headOf(tx)]),
};
