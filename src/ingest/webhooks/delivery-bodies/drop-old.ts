import type pg from "pg";
import { DELIVERY } from "../../../domain/lifecycles.ts";
import type { ConnectionSettings } from "../../../store/connection.ts";
import { allows } from "../../../store/status-sql.ts";
import { asOwner, clockOf, inTurn, partitionsOf, REST } from "./owner.ts";
import { type Week, weekOf } from "./weeks.ts";

export interface DropOldBodiesOptions {
  readonly connection: ConnectionSettings;
  /** Minimum number of days for which a body is kept. */
  readonly retentionDays: number;
  /** Stops the work between two steps. */
  readonly signal?: AbortSignal;
}

const DAY_MS = 86_400_000;
/** Rows deleted by one transaction: bodies of 3 kB amount to a few megabytes of WAL. */
const STEP = 1_000;
/** The only deliveries whose body is still needed: those that are not applied, and that nobody has discarded. */
const UNFINISHED = allows("status", DELIVERY, "discard");

/**
 * Deletes the bodies of deliveries older than the retention, by whole weeks; bodies that are still to be applied or are
 * parked are kept, however old. The deliveries themselves are kept permanently, so that a duplicate is always
 * recognised.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
 */
export function dropOldBodies({ connection, retentionDays, signal }: DropOldBodiesOptions): Promise<void> {
  return asOwner(connection, async (client) => {
    const oldest = new Date((await clockOf(client)).getTime() - retentionDays * DAY_MS);
    for (const partition of await partitionsOf(client)) {
      const week = weekOf(partition);
      if (week === undefined || new Date(week.to) > oldest) continue;
      if (signal?.aborted === true) return;
      await drop(client, week);
    }
    for (const tenantId of await tenantsIn(client, REST)) await deleteOldRest(client, tenantId, oldest, signal);
  });
}

/** Detached first: until then, rows carried over would belong to this partition. */
async function drop(client: pg.Client, { partition }: Week): Promise<void> {
  const table = `sluice.${partition}`;
  await inTurn(client, async () => {
    if (!(await partitionsOf(client)).includes(partition)) return; // another process already did it
    await client.query(`alter table sluice.delivery_bodies detach partition ${table}`);
    for (const tenantId of await tenantsIn(client, table)) {
      await actFor(client, tenantId);
      await client.query(
        `insert into ${REST} select bodies.* from sluice.deliveries join ${table} bodies
           on bodies.tenant_id = deliveries.tenant_id and bodies.delivery_id = deliveries.id
             and bodies.received_at = deliveries.received_at
         where deliveries.tenant_id = $1 and ${UNFINISHED}`,
        [tenantId],
      );
    }
    await client.query(`drop table ${table}`);
  });
}

/** Partitions have no row-level security of their own, so their owner sees which tenants have bodies in one. */
async function tenantsIn(client: pg.Client, table: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ tenant_id: string }>(
    `select distinct tenant_id from ${table} order by tenant_id`,
  );
  return rows.map((row) => row.tenant_id);
}

/** Row-level security on deliveries applies to their owner too; sets the tenant until the end of the transaction. */
async function actFor(client: pg.Client, tenantId: string): Promise<void> {
  await client.query("select set_config('sluice.tenant', $1, true)", [tenantId]);
}

async function deleteOldRest(
  client: pg.Client,
  tenantId: string,
  oldest: Date,
  signal: AbortSignal | undefined,
): Promise<void> {
  let deleted = STEP;
  while (deleted >= STEP && signal?.aborted !== true) {
    deleted = await inTurn(client, async () => {
      await actFor(client, tenantId);
      const { rowCount } = await client.query(
        `delete from ${REST} where ctid = any(array(
           select ctid from ${REST} bodies where tenant_id = $1 and received_at < $2 and not exists (
             select 1 from sluice.deliveries where deliveries.tenant_id = $1 and deliveries.id = bodies.delivery_id and ${UNFINISHED})
           limit ${STEP}))`,
        [tenantId, oldest],
      );
      return rowCount ?? 0;
    });
  }
}
