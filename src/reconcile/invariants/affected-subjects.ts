import { ENTITY_TYPES, type EntityType, typeOfId } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { Subjects } from "./find-breaches.ts";
import { SUBJECT_TYPES } from "./invariants.ts";

/** Cases in which a change of one object may violate a rule about another: `$1` are the ids of the changed ones. */
const AFFECTED: readonly { readonly changed: EntityType; readonly subject: EntityType; readonly ids: string }[] = [
  { changed: "Refund", subject: "Payment", ids: "select payment_id as id from refunds where id = any($1)" },
  { changed: "Payment", subject: "Refund", ids: "select id from refunds where payment_id = any($1)" },
  { changed: "LedgerEntry", subject: "Payout", ids: "select payout_id as id from ledger_entries where id = any($1)" },
  {
    changed: "Statement",
    subject: "BankTransaction",
    ids: "select transaction_id as id from statement_entries where statement_id = any($1)",
  },
  {
    changed: "BankTransaction",
    subject: "Statement",
    ids: "select statement_id as id from statement_entries where transaction_id = any($1)",
  },
];

/**
 * The subjects whose rules a change of these objects may have broken or restored. An attempt counts as its payment and a
 * balance as its account, since the event log names those.
 */
export async function affectedSubjects(tx: Transaction, changedIds: Iterable<string>): Promise<Subjects> {
  const changed = subjectsOf(changedIds, ENTITY_TYPES);
  const affected = new Map(SUBJECT_TYPES.map((type) => [type, new Set(changed.get(type))]));
  for (const { changed: type, subject, ids } of AFFECTED) {
    const own = [...(changed.get(type) ?? [])];
    if (own.length === 0) continue;
    const rows = await tx.query<{ id: string | null }>(ids, [own]);
    for (const { id } of rows) if (id !== null) affected.get(subject)?.add(id);
  }
  return affected;
}

/** Groups global ids by their type; ids of other types are left out. */
export function subjectsOf(ids: Iterable<string>, types: readonly EntityType[]): Map<EntityType, Set<string>> {
  const subjects = new Map(types.map((type) => [type, new Set<string>()]));
  const byName = new Map<string, Set<string>>(subjects);
  for (const id of ids) byName.get(typeOfId(id) ?? "")?.add(id);
  return subjects;
}
