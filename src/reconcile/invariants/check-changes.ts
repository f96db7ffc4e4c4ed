import { requestRefetches } from "../../ingest/refetch-queue/request-refetches.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import { affectedSubjects, subjectsOf } from "./affected-subjects.ts";
import { findOpenBreaches, updateBreachFindings } from "./breach-findings.ts";
import { advanceProgress, type Changes, lockChanges } from "./check-progress.ts";
import { eventsWithoutObject } from "./event-objects.ts";
import { type Breach, breachKey, findBreaches, findUndecided, type Subjects } from "./find-breaches.ts";
import { findSources } from "./find-sources.ts";
import { SUBJECT_TYPES } from "./invariants.ts";
import { findReadTypes } from "./read-types.ts";
import { refreshChains } from "./refresh-chains.ts";
import { refreshPayouts } from "./refresh-payouts.ts";
import { findParts, type SubjectPart } from "./subject-parts.ts";
import { findDueSubjects, recordBreaches, takeConfirmed } from "./unconfirmed-breaches.ts";

export interface CheckOptions {
  readonly db: Database;
  readonly tenantId: string;
  readonly sources: SourceRegistry;
  /** Minimum duration of a breach before it opens a finding. */
  readonly confirmAfterMs: number;
}

export interface CheckResult {
  /** True if there may be more changes that are not checked yet. */
  readonly hasMore: boolean;
  /** Breaches that have just opened a finding. */
  readonly confirmed: readonly Breach[];
  /** Sources of which objects must be fetched again. */
  readonly refetchSourceIds: ReadonlySet<string>;
}

const NOTHING: CheckResult = { hasMore: false, confirmed: [], refetchSourceIds: new Set() };

/**
 * Checks the rules for the objects that have changed since the last round, and for those that violated a rule. Only one
 * of several processes does it at a time.
 */
export function checkChanges({ db, tenantId, sources, confirmAfterMs }: CheckOptions): Promise<CheckResult> {
  return db.transaction(tenantId, async (tx) => {
    const changes = await lockChanges(tx);
    if (changes === undefined) return NOTHING;
    const open = await findOpenBreaches(tx);
    const concerned = await subjectsToCheck(tx, changes, [
      ...(await findDueSubjects(tx, confirmAfterMs)),
      ...open.map(({ subjectId }) => subjectId),
    ]);
    const changedIds = changes.entityIds;
    const withPayouts = await refreshPayouts(tx, sources, { changedIds, subjects: concerned });
    const subjects = await refreshChains(tx, sources, { changedIds, subjects: withPayouts });
    const breaches = await knownWhole(tx, sources, await findBreaches(tx, subjects));
    const isOpen = new Set(open.map(({ kind, subjectId }) => breachKey(kind, subjectId)));
    const isBroken = new Set(breaches.map(({ invariant, subjectId }) => breachKey(invariant.kind, subjectId)));
    const fresh = breaches.filter(({ invariant, subjectId }) => !isOpen.has(breachKey(invariant.kind, subjectId)));
    await recordBreaches(tx, subjects, fresh);
    const parts = await findParts(tx, fresh);
    const confirmed = await takeConfirmed(tx, fresh, confirmAfterMs, partIdsOf(parts));
    const undecided = await findUndecided(tx, open);
    const kept = open.filter(({ kind, subjectId }) => {
      const key = breachKey(kind, subjectId);
      return !isBroken.has(key) && !undecided.has(key);
    });
    const events = [...(await updateBreachFindings(tx, confirmed, kept)), ...(await eventsWithoutObject(tx, changes))];
    const refetchSourceIds = await fetchAgain(tx, sources, confirmed, parts);
    await advanceProgress(tx, changes);
    if (events.length > 0) await appendEvents(tx, events);
    return { hasMore: changes.hasMore, confirmed, refetchSourceIds };
  });
}

async function subjectsToCheck(tx: Transaction, changes: Changes, others: readonly string[]): Promise<Subjects> {
  const affected = await affectedSubjects(tx, changes.entityIds);
  const again = subjectsOf(others, SUBJECT_TYPES);
  return new Map(
    SUBJECT_TYPES.map((type) => [type, (affected.get(type) ?? new Set()).union(again.get(type) ?? new Set())]),
  );
}

/** Removes breaches that may exist only because a stream that the rule needs was never read to its end. */
async function knownWhole(
  tx: Transaction,
  registry: SourceRegistry,
  breaches: readonly Breach[],
): Promise<readonly Breach[]> {
  if (breaches.length === 0) return [];
  const sources = await findSources(registry, new Set(breaches.map(({ sourceId }) => sourceId)));
  const readTypes = await findReadTypes(tx, sources);
  return breaches.filter(({ invariant, sourceId }) =>
    invariant.needs.every((type) => readTypes.get(sourceId)?.has(type) === true),
  );
}

function partIdsOf(parts: readonly SubjectPart[]): ReadonlyMap<string, readonly string[]> {
  const bySubject = Map.groupBy(parts, ({ subjectId }) => subjectId);
  return new Map([...bySubject].map(([subjectId, own]) => [subjectId, own.map(({ id }) => id)]));
}

/** Fetches everything again that a confirmed breach compares: a missed state is then corrected automatically. */
async function fetchAgain(
  tx: Transaction,
  sources: SourceRegistry,
  confirmed: readonly Breach[],
  parts: readonly SubjectPart[],
): Promise<ReadonlySet<string>> {
  const sourceOf = new Map(confirmed.map(({ subjectId, sourceId }) => [subjectId, sourceId]));
  const requested = new Set<string>();
  for (const [sourceId, own] of Map.groupBy(parts, ({ subjectId }) => sourceOf.get(subjectId))) {
    const source = sourceId === undefined ? undefined : await sources.find(sourceId);
    if (source === undefined) continue;
    const fetchable = own.filter(({ entity }) => source.connector.fetch[entity] !== undefined);
    if (fetchable.length === 0) continue;
    await requestRefetches(tx, source.id, fetchable);
    requested.add(source.id);
  }
  return requested;
}
