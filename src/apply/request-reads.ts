import type { Transaction } from "../store/database.ts";

/**
 * Asks for streams to be read on from their cursors. One row per stream however often it is asked for; whoever starts the read
 * deletes it in the same transaction.
 */
export async function requestReads(tx: Transaction, sourceId: string, streams: Iterable<string>): Promise<void> {
  const names = [...streams].toSorted();
  if (names.length === 0) return;
  await tx.query(
    `insert into read_hints (tenant_id, source_id, stream, asked_at)
     select $1, $2, stream, now() from unnest($3::text[]) as stream
     on conflict do nothing`,
    [tx.tenantId, sourceId, names],
  );
}
