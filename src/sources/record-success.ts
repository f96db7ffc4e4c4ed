import type { Transaction } from "../store/database.ts";

/**
 * Updates the time of a source's last success. A source is as recent as its most outdated stream: a stream that keeps
 * failing must not look fresh because of the others.
 */
export async function recordSuccess(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query(
    `update sources set last_success_at = states.oldest
     from (select min(last_success_at) as oldest from stream_states where source_id = $1
           having bool_and(last_success_at is not null)) as states
     where id = $1`,
    [sourceId],
    { prepared: true },
  );
}
