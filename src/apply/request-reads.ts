import type { Transaction } from "../store/database.ts";

/**
 * How long a stream that could not be read waits when there is news of it: they may be that it can be read again, and a stream that
 * cannot be is not to be tried as often as its provider calls.
 */
export const NEWS_PAUSE_SECONDS = 5;

/**
 * Asks for streams to be read on from their cursors. One row per stream however often it is asked for; whoever starts the read
 * deletes it in the same transaction. One that waits because it could not be read waits no longer than for a moment.
 */
export async function requestReads(tx: Transaction, sourceId: string, streams: Iterable<string>): Promise<void> {
  const names = [...streams].toSorted();
  if (names.length === 0) return;
  await tx.query(
    `insert into read_hints as held (tenant_id, source_id, stream, asked_at)
     select $1, $2, stream, now() from unnest($3::text[]) as stream
     on conflict (tenant_id, source_id, stream) do update set asked_at = now() + $4 * interval '1 second'
     where held.asked_at > now() + $4 * interval '1 second'`,
    [tx.tenantId, sourceId, names, NEWS_PAUSE_SECONDS],
  );
}
