import { ServiceError } from "../../domain/error.ts";
import type { CompareStream, CompareStreamOptions } from "../../ingest/polling/compare-stream.ts";
import { oneAhead } from "../../runtime/one-ahead.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { lockObjects } from "../../store/entities/compare-content.ts";
import { hasCaughtUp, isTurnOver, requestChanges } from "./catch-up.ts";
import { commitStep, NOTHING, type StepResult } from "./commit-step.ts";
import { hasDifferentDays, recordComparedDays, recordNotComparable } from "./compared-days.ts";
import {
  countSuspects,
  findSuspectsAmong,
  forgetCompared,
  forgetListing,
  leaveUnsettled,
  recordCompared,
  recordUnreadable,
} from "./compared-objects.ts";
import { comparisonPlan } from "./comparison-plan.ts";
import type { Confirmed } from "./confirm-input.ts";
import { clockOf } from "./clock-of.ts";
import { type Comparison, passedRange } from "./comparison.ts";
import { type ComparisonState, LISTED_SHARE, MAX_LOOKS, parseState, type StateOf } from "./comparison-state.ts";
import { closeDifferences, reportDifferences } from "./difference-finding.ts";
import { countDifferences, verifyRepairs } from "./differences.ts";
import { fetchSuspects } from "./fetch-suspects.ts";
import { findUnlisted } from "./find-unlisted.ts";
import { listAgain, needsListing } from "./list-again.ts";
import { type ListedPart, listStream } from "./list-stream.ts";
import { type ObservedObject, observedObjects, recordsByType } from "./observed-objects.ts";
import { repairDifferences } from "./repair-differences.ts";

export interface CreateCompareStreamOptions {
  readonly wakeUps: Pick<WakeUps, "refreshRequested">;
}

/** Pause between two looks whether the stream's own reads have caught up. */
const SETTLE_MS = 1_000;

/**
 * Creates the comparison of streams. It lists a stream, finds what is stored and was not listed, waits until the stream's own reads have caught up with the
 * listing, looks at what differs a second time, repairs what is proven to differ, reads the repaired objects once more,
 * and stores the result of each day.
 */
export function createCompareStream({ wakeUps }: CreateCompareStreamOptions): CompareStream {
  return async (options) => {
    const comparison = comparisonOf(options);
    if (comparison.plan.notComparable !== undefined) return skip(comparison, comparison.plan.notComparable);
    const beganMs = options.nowMs();
    let state = parseState(options.claim.cursor) ?? (await begin(comparison));
    while (state.phase !== "FINISHING") {
      options.signal.throwIfAborted();
      const next: ComparisonState | undefined = await advance(comparison, state, beganMs);
      if (next === undefined) {
        if (state.phase === "SETTLING") wakeUps.refreshRequested(options.source);
        return state.phase === "SETTLING" ? SETTLE_MS : 0;
      }
      state = next;
    }
    await finish(comparison, state);
    return undefined;
  };
}

function comparisonOf(options: CompareStreamOptions): Comparison {
  const { work } = options.claim;
  const { runId, sourceId, stream, range } = work;
  if (range === undefined) throw new ServiceError("INTERNAL", "a comparison has a range");
  const plan = comparisonPlan(options.source.connector, stream);
  return { ...options, compared: { runId, sourceId, stream }, plan, range };
}

/** @returns undefined: another turn continues */
function advance(
  comparison: Comparison,
  state: ComparisonState,
  beganMs: number,
): Promise<ComparisonState | undefined> {
  switch (state.phase) {
    case "LISTING":
      return list(comparison, state, beganMs);
    case "FINDING_UNLISTED":
      return findUnlisted(comparison, state, beganMs);
    case "SETTLING":
      return settle(comparison, state);
    case "LISTING_AGAIN":
      return listAgain(comparison, state);
    case "FETCHING":
      return fetchSuspects(comparison, state);
    case "FINISHING":
      throw new ServiceError("INTERNAL", "a comparison that has ended cannot be continued");
  }
}

async function skip(comparison: Comparison, reason: string): Promise<undefined> {
  const { batchDb, claim, compared, range } = comparison;
  await batchDb.transaction(claim.work.tenantId, (tx) => recordNotComparable(tx, compared, range, reason));
  return undefined;
}

function begin(comparison: Comparison): Promise<ComparisonState> {
  return commitStep(comparison, async (tx) => {
    await forgetListing(tx, comparison.compared);
    const state = { phase: "LISTING", startedAt: await clockOf(tx), pages: 0, hasUnreadable: false } as const;
    return { ...NOTHING, state };
  });
}

/**
 * Lists the stream part by part, each compared with the store in the transaction that keeps the listing's position. While
 * one is compared, the next one is read: neither the upstream nor the database waits for the other.
 */
async function list(
  comparison: Comparison,
  from: StateOf<"LISTING">,
  beganMs: number,
): Promise<ComparisonState | undefined> {
  const { plan, range } = comparison;
  let state: ComparisonState = from;
  let isYielding = false;
  const ending = new AbortController();
  const reading = { ...comparison, signal: AbortSignal.any([comparison.signal, ending.signal]) };
  const parts = listStream(reading, plan, passedRange(range, from.startedAt), from.cursor);
  for await (const part of oneAhead(parts)) {
    try {
      state = await commitStep(comparison, async (tx) => {
        isYielding = await isTurnOver(tx, comparison, beganMs);
        return recordPart(tx, comparison, state, part);
      });
    } catch (reason) {
      ending.abort(reason); // the call for the next part may wait for its turn
      throw reason;
    }
    if (isYielding) {
      ending.abort(new ServiceError("CANCELED", "another run reads the stream"));
      return undefined;
    }
  }
  const { startedAt, pages, hasUnreadable } = state;
  const next = { phase: "FINDING_UNLISTED", startedAt, pages, hasUnreadable, typesDone: 0 } as const;
  return commitStep(comparison, () => Promise.resolve({ ...NOTHING, state: next, progress: LISTED_SHARE }));
}

async function recordPart(
  tx: Transaction,
  comparison: Comparison,
  state: ComparisonState,
  part: ListedPart,
): Promise<StepResult> {
  const { source, plan, compared } = comparison;
  const types = new Set(plan.types.map(({ type }) => type));
  const objects = await observedObjects(tx, source, types, part.messages);
  const repaired = await recordListed(tx, comparison, state.startedAt, objects);
  const others = [...objects.values()];
  await recordUnreadable(
    tx,
    compared,
    others.filter(({ message }) => message.type === "malformed"),
  );
  await forgetCompared(
    tx,
    compared,
    others.filter(({ message }) => message.type === "tombstone").map(({ id }) => id),
  );
  const at = "cursor" in state ? state.cursor : undefined;
  return {
    ...NOTHING,
    state: {
      phase: "LISTING",
      startedAt: state.startedAt,
      pages: state.pages + part.pages,
      hasUnreadable: state.hasUnreadable || part.hasUnreadable,
      cursor: part.cursor ?? at,
    },
    records: part.messages.length,
    changed: repaired.repaired,
    events: repaired.events,
    progress: part.progress === undefined ? undefined : part.progress * LISTED_SHARE,
  };
}

/**
 * Compares listed records with the store. What was altered past every write is repaired at once: the stream's own reads
 * might do it next, without anybody knowing.
 */
async function recordListed(
  tx: Transaction,
  { source, compared, range }: Comparison,
  requestedAt: string,
  objects: ReadonlyMap<string, ObservedObject>,
): Promise<Confirmed> {
  let repaired = 0;
  const events: NewEvent[] = [];
  for (const [type, records] of recordsByType(source.id, objects.values())) {
    const seen = await recordCompared(tx, compared, type, records, { look: 0, unequal: "SUSPECT" });
    if (seen.length === 0) continue;
    await lockObjects(tx, type, seen.toSorted());
    const locked = records.filter(({ id }) => seen.includes(id));
    const corrupt = await recordCompared(tx, compared, type, locked, { look: 0, unequal: "SUSPECT" });
    const suspects = await findSuspectsAmong(tx, compared, 1, corrupt);
    const differences = suspects.map((suspect) => ({ suspect, kind: "ALTERED" as const }));
    const input = { source, compared, type, differences, observed: objects, requestedAt, via: "POLL" } as const;
    const result = await repairDifferences(tx, input);
    const again = records.filter(({ id }) => corrupt.includes(id));
    await recordCompared(tx, compared, type, again, { look: 0, unequal: "UNRESOLVED", problem: "not repaired" });
    repaired += result.repaired;
    events.push(...result.events);
  }
  if (repaired > 0) events.push(...(await reportDifferences(tx, compared, range)));
  return { repaired, events };
}

async function settle(comparison: Comparison, state: StateOf<"SETTLING">): Promise<ComparisonState | undefined> {
  const { db, claim } = comparison;
  const caughtUp = await db.transaction(claim.work.tenantId, (tx) => hasCaughtUp(tx, comparison, state.since));
  return commitOrWait(comparison, state, caughtUp);
}

async function commitOrWait(
  comparison: Comparison,
  { phase: _phase, since: _since, look, ...shared }: StateOf<"SETTLING">,
  caughtUp: boolean | "too late",
): Promise<ComparisonState | undefined> {
  const { compared, db, claim } = comparison;
  if (caughtUp === false) {
    await db.transaction(claim.work.tenantId, (tx) => requestChanges(tx, comparison));
    return undefined;
  }
  return commitStep(comparison, async (tx) => {
    if (caughtUp === "too late" || look > MAX_LOOKS) {
      await leaveUnsettled(tx, compared);
      return { ...NOTHING, state: { phase: "FINISHING", ...shared } };
    }
    const isListed = needsListing(comparison, await countSuspects(tx, compared), shared.pages);
    if (!isListed) return { ...NOTHING, state: { phase: "FETCHING", ...shared, look } };
    return { ...NOTHING, state: { phase: "LISTING_AGAIN", ...shared, look, since: await clockOf(tx) } };
  });
}

/** Reads the repaired objects once more, stores the results of the days, and closes the finding if all is well. */
async function finish(comparison: Comparison, state: StateOf<"FINISHING">): Promise<void> {
  const { compared, plan, range } = comparison;
  await commitStep(comparison, async (tx) => {
    for (const { type } of plan.types) await verifyRepairs(tx, compared, type);
    return { ...NOTHING, state };
  });
  await commitStep(comparison, async (tx) => {
    await recordComparedDays(tx, compared, range);
    const events = [...(await reportDifferences(tx, compared, range))];
    if (!(await hasDifferentDays(tx, compared))) events.push(...(await closeDifferences(tx, compared)));
    const { missing, altered, invented, verified } = await countDifferences(tx, compared);
    const about = { ...compared, missing, altered, invented, verified };
    if (missing + altered + invented > 0)
      tx.report({ level: "warn", sentence: "a comparison found differences", about });
    return { ...NOTHING, state, progress: 1, events };
  });
}
