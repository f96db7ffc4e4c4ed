import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { Invariant } from "./invariant.ts";
import { INVARIANTS } from "./invariants.ts";

/** Global ids to check, by their type. */
export type Subjects = ReadonlyMap<EntityType, ReadonlySet<string>>;

/** A subject that violates a rule. */
export interface Breach {
  readonly invariant: Invariant;
  /** Global id. */
  readonly subjectId: string;
  readonly sourceId: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/**
 * Checks the subjects against every rule about their type: one SQL statement per rule, regardless of the number of
 * subjects.
 */
export async function findBreaches(tx: Transaction, subjects: Subjects): Promise<readonly Breach[]> {
  const found = new Map<string, Breach>();
  for (const invariant of INVARIANTS) {
    const ids = [...(subjects.get(invariant.subject) ?? [])];
    if (ids.length === 0) continue;
    const rows = await tx.query<{ id: string; source_id: string; evidence: Record<string, unknown> }>(
      invariant.breaches,
      [ids],
    );
    for (const { id, source_id: sourceId, evidence } of rows) {
      const key = breachKey(invariant.kind, id);
      // A statement may violate a rule in two currencies: the first one is sufficient evidence.
      if (!found.has(key)) found.set(key, { invariant, subjectId: id, sourceId, evidence });
    }
  }
  return [...found.values()];
}

/** Finds the keys of those open findings of which the rule can be neither satisfied nor violated at the moment. */
export async function findUndecided(
  tx: Transaction,
  open: readonly { readonly kind: string; readonly subjectId: string }[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const { kind, undecided } of INVARIANTS) {
    const ids = open.filter((finding) => finding.kind === kind).map(({ subjectId }) => subjectId);
    if (undecided === undefined || ids.length === 0) continue;
    for (const { id } of await tx.query<{ id: string }>(undecided, [ids])) found.add(breachKey(kind, id));
  }
  return found;
}

/** Key that distinguishes breaches. */
export function breachKey(kind: string, subjectId: string): string {
  return `${kind} ${subjectId}`;
}
