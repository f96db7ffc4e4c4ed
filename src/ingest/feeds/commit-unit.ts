import type { FeedGapMessage } from "../../connector-api/change-feed.ts";
import { appendEvents } from "../../events/append.ts";
import type { NewEvent } from "../../events/event.ts";
import { appendStagedEvents, stageEvents } from "../../events/staged-events.ts";
import { abortReason } from "../../runtime/abort.ts";
import type { Source } from "../../sources/source.ts";
import type { Transaction } from "../../store/database.ts";
import type { LeasedChange } from "../../store/lease.ts";
import { type Condition, reportConditions } from "../apply/report-conditions.ts";
import { startIncremental } from "../runs/start-incremental.ts";
import { applyIsolated, type AppliedChanges } from "./apply-isolated.ts";
import { recordGap } from "./feed-gap.ts";
import { type FeedLease, leasedFeeds } from "./feed-lease.ts";
import type { FeedUnit } from "./feed-unit.ts";
import type { PreparedPart, PreparedUnit } from "./prepare-unit.ts";

export interface CommitUnitInput {
  readonly source: Source;
  readonly streams: readonly string[];
  readonly lease: FeedLease;
  readonly prepared: PreparedUnit;
  /** True if no position was stored before. */
  readonly isFirst: boolean;
  readonly nowMs: () => number;
  /** Checked between two parts of a large unit. */
  readonly signal: AbortSignal;
}

export interface CommittedUnit {
  /** True if objects must be fetched again. */
  readonly needsRefetch: boolean;
  /** True if there is a run to execute. */
  readonly startedRun: boolean;
  readonly quarantined: number;
}

/**
 * Commits one transaction: fence, records, tombstones, quarantine, raw bytes, refetch requests, findings, events and the
 * position after them. All or nothing.
 * @throws ServiceError LEASE_LOST | CANCELED | STORE_UNAVAILABLE | OVERLOADED
 */
export function commitUnit(tx: Transaction, input: CommitUnitInput): Promise<CommittedUnit> {
  return input.prepared.unit.isLarge ? commitLarge(tx, input) : commitSmall(tx, input);
}

/**
 * The fence comes after the changes: a transaction that wrote the row first would lock it for as long as the changes wait
 * for a lock, and neither could the lease be renewed in that time nor the lag be written. If the lease is lost meanwhile,
 * the fence fails, and nothing is stored.
 */
async function commitSmall(tx: Transaction, input: CommitUnitInput): Promise<CommittedUnit> {
  const total = emptyTotal();
  const events: NewEvent[] = [];
  for await (const part of input.prepared.parts()) events.push(...(await applyPart(tx, part, total)));
  events.push(...(await applyRest(tx, input, total)));
  await leasedFeeds.extend(tx, input.lease, positionOf(input.prepared.unit));
  if (events.length > 0) await appendEvents(tx, events);
  return total;
}

/**
 * As `commitSmall`, but the fence also comes after the events, whose numbers take seconds for a million of them: the lease
 * would have expired at the commit.
 */
async function commitLarge(tx: Transaction, input: CommitUnitInput): Promise<CommittedUnit> {
  const { source, lease, prepared, signal } = input;
  const total = emptyTotal();
  for await (const part of prepared.parts()) {
    if (signal.aborted) throw abortReason(signal);
    await stageEvents(tx, await applyPart(tx, part, total));
  }
  await stageEvents(tx, await applyRest(tx, input, total));
  await appendStagedEvents(tx, source.id);
  await leasedFeeds.extend(tx, lease, positionOf(prepared.unit));
  return total;
}

interface Total {
  needsRefetch: boolean;
  startedRun: boolean;
  quarantined: number;
  readonly conditions: Condition[];
  /** The last one: all are repaired by the same read. */
  gap: FeedGapMessage | undefined;
}

const emptyTotal = (): Total => ({
  needsRefetch: false,
  startedRun: false,
  quarantined: 0,
  conditions: [],
  gap: undefined,
});

async function applyPart(tx: Transaction, part: PreparedPart, total: Total): Promise<readonly NewEvent[]> {
  total.conditions.push(...part.conditions);
  total.gap = part.gap ?? total.gap;
  const applied: AppliedChanges = await applyIsolated(tx, part.changes);
  total.needsRefetch ||= applied.needsRefetch;
  total.quarantined += applied.quarantined;
  return applied.events;
}

/** Applies what the changes mean for the source as a whole. */
async function applyRest(tx: Transaction, input: CommitUnitInput, total: Total): Promise<readonly NewEvent[]> {
  const { source, streams, isFirst, nowMs } = input;
  const events = await reportConditions(tx, { sourceId: source.id, runId: undefined }, total.conditions);
  if (total.gap !== undefined) {
    const gap = await recordGap(tx, source, total.gap, nowMs());
    total.startedRun = gap.startedRun;
    return [...events, ...gap.events];
  }
  // A read that began earlier may have missed changes from before the feed began: the streams are read further from here.
  if (isFirst) {
    await startIncremental(tx, source, { streams, trigger: "FEED_START" }, nowMs());
    total.startedRun = true;
  }
  return events;
}

function positionOf({ position }: FeedUnit): LeasedChange {
  return { set: "position = $1, position_at = now()", values: [JSON.stringify(position)] };
}
