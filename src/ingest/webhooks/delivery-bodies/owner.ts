import pg from "pg";
import type { ConnectionSettings } from "../../../store/connection.ts";
import { storeError } from "../../../store/store-error.ts";

/**
 * Default partition for bodies outside every week's partition: of deliveries that arrived before there was one, and
 * those kept longer.
 */
export const REST = "sluice.delivery_bodies_rest";

/** Lock shared by every process that changes the partitions. */
const LOCK = "pg_advisory_xact_lock(hashtext('sluice.delivery_bodies'))";
/**
 * Changing a partition needs a lock that webhooks wait for, and while we wait for it, they wait behind us. So we give
 * up soon: providers wait 10 s for their response, and the next night tries again.
 */
const LOCK_TIMEOUT = "2s";

/**
 * Runs `work` as the tables' owner, on a connection of its own.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function asOwner<T>(connection: ConnectionSettings, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000, keepAlive: true });
  client.on("error", () => undefined); // the query in flight rejects with it
  try {
    await client.connect();
    await client.query("set timezone = 'UTC'");
    return await work(client);
  } catch (reason) {
    throw storeError(reason);
  } finally {
    await client.end().catch(() => undefined); // already closed
  }
}

/** Changes the partitions in one transaction, one process at a time. */
export async function inTurn<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    await client.query(`select ${LOCK}`);
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    const result = await work();
    await client.query("commit");
    return result;
  } catch (reason) {
    await client.query("rollback").catch(() => undefined); // the first error is the one to report
    throw reason;
  }
}

/** Returns the names of the weeks' partitions. */
export async function partitionsOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
     where inhparent = 'sluice.delivery_bodies'::regclass order by child.relname`,
  );
  return rows.map(({ name }) => name);
}

/** Returns the time of the database's clock, which dates the bodies. */
export async function clockOf(client: pg.Client): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>("select now()");
  return rows[0]?.now ?? new Date(Number.NaN);
}
