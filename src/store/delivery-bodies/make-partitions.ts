import type pg from "pg";
import type { ConnectionSettings } from "../connection.ts";
import { asOwner, clockOf, inTurn, partitionsOf, REST } from "./owner.ts";
import { type Week, weeksFrom } from "./weeks.ts";

/** This week and two months: so long the nightly work may fail before new bodies go where they cost more to delete. */
const WEEKS = 9;

export interface MakePartitionsOptions {
  readonly connection: ConnectionSettings;
  /** A moment in the first week. Default: the database's now. */
  readonly from?: Date;
}

/**
 * Makes the partitions of this week and the next ones, where they are missing. Safe to call from any number of processes.
 * @returns names of those that this call made
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL, as when somebody held the table for too long; without them bodies are
 * stored all the same, among the rest
 */
export function makeDeliveryPartitions({ connection, from }: MakePartitionsOptions): Promise<readonly string[]> {
  return asOwner(connection, async (client) => {
    const weeks = weeksFrom(from ?? (await clockOf(client)), WEEKS);
    const held = await partitionsOf(client);
    if (weeks.every(({ partition }) => held.includes(partition))) return [];
    return inTurn(client, async () => {
      const known = new Set(await partitionsOf(client)); // another process may have made them meanwhile
      const missing = weeks.filter(({ partition }) => !known.has(partition));
      for (const week of missing) await make(client, week);
      return missing.map(({ partition }) => partition);
    });
  });
}

/**
 * Attached and not created in place, since only the former leaves those alone who write to other partitions. What the rest
 * holds of the week moves over: no row may stand there that a partition would take.
 */
async function make(client: pg.Client, { partition, from, to }: Week): Promise<void> {
  const table = `sluice.${partition}`;
  await client.query(`create table ${table} (like sluice.delivery_bodies including all)`);
  await client.query(`alter table ${table} alter column body set storage external`);
  await client.query(`alter table ${table} set (toast_tuple_target = 8160)`); // as the rest: migration 0005
  await client.query(`lock table ${REST} in share row exclusive mode`);
  await client.query(
    `with moved as (delete from ${REST} where received_at >= '${from}' and received_at < '${to}' returning *)
     insert into ${table} select * from moved`,
  );
  await client.query(
    `alter table sluice.delivery_bodies attach partition ${table} for values from ('${from}') to ('${to}')`,
  );
}
