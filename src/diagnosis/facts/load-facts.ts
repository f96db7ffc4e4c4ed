import type { Transaction } from "../../store/database.ts";
import type { SourceFacts } from "./facts.ts";
import {
  findDeliveryFacts,
  findFileFacts,
  findFindingFacts,
  findQuarantineFacts,
  findRefetchFacts,
} from "./find-backlogs.ts";
import { findBudgetFacts, findClockFacts, findFeedFacts, findWebhookFacts } from "./find-channels.ts";
import { findProcessFacts } from "./find-processes.ts";
import { findCounts, findOpenReads, findSourceFacts, findStreamFacts } from "./find-sources.ts";

/** Number of sources whose facts are read by one set of statements. */
export const FACTS_BATCH = 200;

/**
 * Loads the facts about sources, in no order: one statement for each kind of fact, however many sources. Sources that
 * are disconnected or do not exist are left out.
 * @param sourceIds at most `FACTS_BATCH`
 */
export async function loadFacts(tx: Transaction, sourceIds: readonly string[]): Promise<readonly SourceFacts[]> {
  const sources = await findSourceFacts(tx, sourceIds);
  if (sources.length === 0) return [];
  const ids = sources.map(({ sourceId }) => sourceId);
  const [
    streams,
    reads,
    counts,
    budgets,
    feeds,
    deliveries,
    webhooks,
    clocks,
    quarantine,
    refetches,
    files,
    findings,
    processes,
  ] = await Promise.all([
    findStreamFacts(tx, ids).then(bySource),
    findOpenReads(tx, ids).then(bySource),
    findCounts(tx, ids).then(bySource),
    findBudgetFacts(tx, ids).then(bySource),
    findFeedFacts(tx, ids).then(bySource),
    findDeliveryFacts(tx, ids).then(bySource),
    findWebhookFacts(tx, ids).then(bySource),
    findClockFacts(tx, ids).then(bySource),
    findQuarantineFacts(tx, ids).then(bySource),
    findRefetchFacts(tx, ids).then(bySource),
    findFileFacts(tx, ids).then(bySource),
    findFindingFacts(tx, ids).then(bySource),
    findProcessFacts(tx),
  ]);
  return sources.map(({ nowMs, ...source }) => {
    const id = source.sourceId;
    return {
      nowMs,
      source,
      streams: streams(id),
      reads: reads(id),
      counts: counts(id),
      budgets: budgets(id),
      feed: feeds(id)[0],
      deliveries: deliveries(id)[0],
      webhooks: webhooks(id)[0],
      clock: clocks(id)[0],
      quarantine: quarantine(id)[0],
      refetches: refetches(id)[0],
      files: files(id)[0],
      findings: findings(id),
      processes,
    };
  });
}

function bySource<Fact extends { readonly sourceId: string }>(rows: readonly Fact[]): (id: string) => readonly Fact[] {
  const grouped = Map.groupBy(rows, ({ sourceId }) => sourceId);
  return (id) => grouped.get(id) ?? [];
}
