import type { Database } from "../../store/database.ts";

/** Shorter than the probe's own limit, so that a probe that gave up leaves no session that waits for a lock. */
const LOCK_TIMEOUT = "1s";

/**
 * Takes the locks with which a delivery is stored and commits to disk what leaves no row: the transaction's record in
 * the write-ahead log.
 */
const CHECK = `do $$ begin
  perform set_config('lock_timeout', '${LOCK_TIMEOUT}', true);
  if current_setting('transaction_read_only')::boolean then
    raise sqlstate '25006' using message = 'the database is read-only';
  end if;
  lock table only deliveries, only delivery_bodies in row exclusive mode;
  perform pg_logical_emit_message(true, 'sluice', 'readiness');
end $$`;

/**
 * Resolves if a webhook could be committed now. It writes no row.
 * @throws ServiceError STORE_UNAVAILABLE | OVERLOADED | INTERNAL (the database is not migrated)
 */
export async function checkCommit(database: Pick<Database, "query">): Promise<void> {
  await database.query(CHECK);
}
