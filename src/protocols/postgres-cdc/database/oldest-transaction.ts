import type pg from "pg";
import { z } from "zod";
import type { TextRow } from "./connection.ts";

const holder = z.object({ xid: z.string(), pid: z.string().nullable(), seconds: z.string().nullable() });

/** Locks are visible to every role, unlike what other sessions do. */
const OLDEST = `
  select l.transactionid as xid, l.pid, round(extract(epoch from clock_timestamp() - a.xact_start)) as seconds
  from pg_catalog.pg_locks l
  left join pg_catalog.pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
    and l.pid is distinct from pg_backend_pid()
  order by age(l.transactionid) desc
  limit 1`;

/**
 * Returns a sentence about the oldest transaction with changes that is open on the server; undefined if there is none.
 */
export async function describeOldestTransaction(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<TextRow>(OLDEST);
  if (rows[0] === undefined) return undefined;
  const { xid, pid, seconds } = holder.parse(rows[0]);
  if (pid === null) return `prepared transaction ${xid} of the database has not been committed or rolled back`;
  const age = seconds === null ? "" : `, open for ${seconds} seconds`;
  return `transaction ${xid} of the database is not finished (process ${pid}${age})`;
}
