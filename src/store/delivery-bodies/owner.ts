import pg from "pg";
import type { ConnectionSettings } from "../connection.ts";
import { storeError } from "../store-error.ts";

/** All bodies that no partition of a week takes: of deliveries that came before there was one, and those kept longer. */
export const REST = "sluice.delivery_bodies_rest";

/** Of all who change the partitions, in whichever process. */
const LOCK = "pg_advisory_xact_lock(hashtext('sluice.delivery_bodies'))";
/**
 * A partition comes and goes under a lock that webhooks wait for, and while we wait for it, they wait behind us. So we give up
 * soon: providers wait 10 s for their answer, and tomorrow is another night.
 */
const LOCK_TIMEOUT = "2s";

/**
 * Does some work as the tables' owner, on a connection of its own.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export async function asOwner<T>(connection: ConnectionSettings, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000, keepAlive: true });
  client.on("error", () => undefined); // whatever runs on it rejects
  try {
    await client.connect();
    await client.query("set timezone = 'UTC'");
    return await work(client);
  } catch (reason) {
    throw storeError(reason);
  } finally {
    await client.end().catch(() => undefined); // it is gone already
  }
}

/** Changes the partitions, one process at a time, all or nothing. */
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

/** Names of the partitions of weeks. */
export async function partitionsOf(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
     where inhparent = 'sluice.delivery_bodies'::regclass order by child.relname`,
  );
  return rows.map(({ name }) => name);
}

/** The database's clock, which dates the bodies. */
export async function clockOf(client: pg.Client): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>("select now()");
  return rows[0]?.now ?? new Date(Number.NaN);
}
