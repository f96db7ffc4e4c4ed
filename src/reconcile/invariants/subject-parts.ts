import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { Breach } from "./find-breaches.ts";

/** An object that a rule compares. */
export interface SubjectPart {
  readonly subjectId: string;
  /** Global id of the part, or of the subject itself. */
  readonly id: string;
  readonly entity: EntityType;
  readonly externalId: string;
}

/** The subject and the objects that its rules compare it with, as far as a source can return them by id. */
const PARTS: Readonly<Partial<Record<EntityType, string>>> = {
  Payment: `
    select id as subject_id, id, 'Payment' as entity, external_id from payments where id = any($1)
    union all select payment_id, id, 'PaymentAttempt', external_id from payment_attempts where payment_id = any($1)
    union all select payment_id, id, 'Refund', external_id from refunds where payment_id = any($1)`,
  Refund: "select id as subject_id, id, 'Refund' as entity, external_id from refunds where id = any($1)",
  LedgerEntry:
    "select id as subject_id, id, 'LedgerEntry' as entity, external_id from ledger_entries where id = any($1)",
  Account: "select id as subject_id, id, 'Account' as entity, external_id from accounts where id = any($1)",
};

/** Finds the parts of every subject that violates a rule: one SQL statement per type. */
export async function findParts(tx: Transaction, breaches: readonly Breach[]): Promise<readonly SubjectPart[]> {
  const parts: SubjectPart[] = [];
  for (const [type, own] of Map.groupBy(breaches, ({ invariant }) => invariant.subject)) {
    const statement = PARTS[type];
    if (statement === undefined) continue;
    const rows = await tx.query<{ subject_id: string; id: string; entity: EntityType; external_id: string }>(
      statement,
      [[...new Set(own.map(({ subjectId }) => subjectId))]],
    );
    parts.push(
      ...rows.map((row) => ({
        subjectId: row.subject_id,
        id: row.id,
        entity: row.entity,
        externalId: row.external_id,
      })),
    );
  }
  return parts;
}
