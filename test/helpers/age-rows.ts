import type { Database, Transaction } from "../../src/store/database.ts";

/** Time columns by which rows are deleted, or that a row with such a column must keep in order. */
const TIMES: Readonly<Record<string, readonly string[]>> = {
  deliveries: ["received_at", "finished_at"],
  delivery_attempts: ["at"],
  delivery_bodies: ["received_at"],
  entity_changes: ["changed_at"],
  events: ["at"],
  files: ["received_at", "finished_at", "next_attempt_at"],
  findings: ["opened_at", "closed_at"],
  quarantined_records: ["first_at", "last_at", "resolved_at"],
  raw_payloads: ["received_at", "referenced_at"],
  sync_runs: ["created_at", "started_at", "finished_at"],
  webhook_silences: ["until_at"],
};

/** Makes everything that the tenant has stored older, as if time had passed, without the objects themselves. */
export function ageRows(db: Database, tenantId: string, days: number): Promise<void> {
  return db.transaction(tenantId, async (tx) => {
    for (const [table, columns] of Object.entries(TIMES)) await shift(tx, table, columns, days);
    // Part of the key: moved at once, because a moved row may get the key of one that is still to be moved.
    await tx.query(
      `with moved as (delete from webhook_counts returning *)
       insert into webhook_counts (tenant_id, source_id, at, received, duplicates, conflicts, refused, parked, missed)
       select tenant_id, source_id, at - $1 * interval '1 day', received, duplicates, conflicts, refused, parked, missed
       from moved order by at`,
      [days],
    );
  });
}

async function shift(tx: Transaction, table: string, columns: readonly string[], days: number): Promise<void> {
  const assignments = columns.map((column) => `${column} = ${column} - $1 * interval '1 day'`);
  await tx.query(`update ${table} set ${assignments.join(", ")}`, [days]);
}
