import type { Transaction } from "../store/database.ts";
import { encodeBody } from "./encode-body.ts";
import type { AuditBody } from "./entry.ts";

/**
 * Appends a row to the tenant's audit trail. The database numbers, dates and hashes it; writers of the tenant wait for
 * the end of this transaction, so it should be its last statement.
 */
export async function appendEntry(tx: Transaction, body: AuditBody): Promise<void> {
  await appendEntries(tx, [body]);
}

/** Appends rows in this order, by one statement. */
export async function appendEntries(tx: Transaction, bodies: readonly AuditBody[]): Promise<void> {
  await tx.query(
    `insert into audit_entries (tenant_id, body)
     select $1, body from unnest($2::text[]) with ordinality as incoming (body, place) order by place`,
    [tx.tenantId, bodies.map(encodeBody)],
  );
}
