import { updateFindings, type FindingCheck } from "../../ingest/apply/update-findings.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import type { Breach } from "./find-breaches.ts";
import { INVARIANTS } from "./invariants.ts";

/** An open finding of a violated rule. */
export interface OpenBreach {
  readonly kind: string;
  readonly subjectId: string;
  readonly sourceId: string;
}

/** Maximum number of open findings that are checked again in a round. */
const MAX_OPEN = 500;

/** Finds open findings of violated rules: those of the given subjects, and the oldest of all. */
export async function findOpenBreaches(tx: Transaction): Promise<readonly OpenBreach[]> {
  const rows = await tx.query<{ kind: string; subject_id: string | null; source_id: string }>(
    `select kind, evidence ->> 'id' as subject_id, source_id from findings
     where closed_at is null and kind = any($1) order by opened_at limit ${MAX_OPEN}`,
    [INVARIANTS.map(({ kind }) => kind)],
  );
  return rows.flatMap(({ kind, subject_id: subjectId, source_id: sourceId }) =>
    subjectId === null ? [] : [{ kind, subjectId, sourceId }],
  );
}

/**
 * Opens the finding of each violated rule and closes those of rules that are satisfied again, with an event for each.
 */
export async function updateBreachFindings(
  tx: Transaction,
  broken: readonly Breach[],
  kept: readonly OpenBreach[],
): Promise<readonly NewEvent[]> {
  const updates = [
    ...broken.map((breach) => ({ sourceId: breach.sourceId, update: openingOf(breach) })),
    ...kept.map(({ sourceId, kind, subjectId }) => ({
      sourceId,
      update: { kind, subject: subjectId, finding: undefined },
    })),
  ];
  const events: NewEvent[] = [];
  for (const [sourceId, own] of Map.groupBy(updates, (item) => item.sourceId)) {
    events.push(
      ...(await updateFindings(
        tx,
        sourceId,
        own.map(({ update }) => update),
      )),
    );
  }
  return events;
}

function openingOf({ invariant, subjectId, evidence }: Breach): FindingCheck {
  const { kind, subject, rule, cause, remedy } = invariant;
  return {
    kind,
    subject: subjectId,
    finding: {
      cause,
      summary: `${subject} ${subjectId} violates an invariant: ${rule}`,
      evidence: { id: subjectId, ...evidence },
      remedy,
    },
  };
}
