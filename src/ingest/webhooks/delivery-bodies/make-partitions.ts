import type pg from "pg";
import type { ConnectionSettings } from "../../../store/connection.ts";
import { asOwner, clockOf, inTurn, partitionsOf, REST } from "./owner.ts";
import { type Week, weeksFrom } from "./weeks.ts";

/**
 * This week and two months: the nightly work may fail for that long before new bodies are stored where they cost more
 * to delete.
 */
const WEEKS = 9;

export interface MakePartitionsOptions {
  readonly connection: ConnectionSettings;
  /** A moment in the first week. Default: the database's current time. */
  readonly from?: Date;
}

/**
 * Creates the missing partitions of this week and the next ones. Safe to call from any number of processes.
 * @returns names of those that this call created
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL, for example when another session locked the table for too long;
 * without them bodies are still stored, in the default partition
 */
export function makeDeliveryPartitions({ connection, from }: MakePartitionsOptions): Promise<readonly string[]> {
  return asOwner(connection, async (client) => {
    const weeks = weeksFrom(from ?? (await clockOf(client)), WEEKS);
    const existing = await partitionsOf(client);
    if (weeks.every(({ partition }) => existing.includes(partition))) return [];
    return inTurn(client, async () => {
      const known = new Set(await partitionsOf(client)); // another process may have created them meanwhile
      const missing = weeks.filter(({ partition }) => !known.has(partition));
      for (const week of missing) await make(client, week);
      return missing.map(({ partition }) => partition);
    });
  });
}

/**
 * Attached and not created in place, because only attaching does not block writers to other partitions. Rows of the
 * week in the default partition are moved: it must not contain a row that belongs to a new partition.
 */
async function make(client: pg.Client, { partition, from, to }: Week): Promise<void> {
  const table = `sluice.${partition}`;
  await client.query(`create table ${table} (like sluice.delivery_bodies including all)`);
  await client.query(`alter table ${table} alter column body set storage external`);
  // same as the default partition: migration 0005
  await client.query(`alter table ${table} set (toast_tuple_target = 8160)`);
  await client.query(`lock table ${REST} in share row exclusive mode`);
  await client.query(
    `with moved as (delete from ${REST} where received_at >= '${from}' and received_at < '${to}' returning *)
     insert into ${table} select * from moved`,
  );
  await client.query(
    `alter table sluice.delivery_bodies attach partition ${table} for values from ('${from}') to ('${to}')`,
  );
}
