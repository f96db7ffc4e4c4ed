import type { Transaction } from "../store/database.ts";
import type { RecentBodies } from "./recent-bodies.ts";

/** A delivery to be applied, locked by the transaction that took it. */
export interface DueDelivery {
  readonly id: string;
  readonly body: Uint8Array;
  /** Tries so far. */
  readonly attempts: number;
}

interface Taken {
  readonly id: string;
  readonly attempts: number;
}

/** Bodies of one set in memory, at most; one body alone may be larger. */
const MAX_SET_BYTES = 8 * 1024 * 1024;

/**
 * Takes deliveries of a source that are due, the longest waiting first, leaving those that another process works on.
 * None while the source is paused. Ordered by `next_attempt_at`, which is the time of arrival until a try fails, because
 * the index gives that order: a backlog of any length is read from its head.
 */
export async function takeDue(
  tx: Transaction,
  sourceId: string,
  limit: number,
  recent: RecentBodies,
): Promise<DueDelivery[]> {
  const taken = await tx.query<Taken & Record<string, unknown>>(
    `with taken as materialized (
       select id, attempts, next_attempt_at, size from deliveries
       where source_id = $1 and status = 'PENDING' and next_attempt_at <= now()
         and not exists (select 1 from sources where id = $1 and paused)
       order by next_attempt_at limit $2 for update skip locked
     ), sized as (
       select id, attempts, sum(size) over (order by next_attempt_at, id) as total,
         row_number() over (order by next_attempt_at, id) as position from taken
     )
     select id, attempts from sized where total <= $3 or position = 1 order by position`,
    [sourceId, limit, MAX_SET_BYTES],
  );
  return withBodies(tx, taken, recent);
}

/** Takes one delivery if it is still to be applied and nobody else works on it. */
export async function takeOne(tx: Transaction, id: string, recent: RecentBodies): Promise<DueDelivery | undefined> {
  const taken = await tx.query<Taken & Record<string, unknown>>(
    "select id, attempts from deliveries where id = $1 and status = 'PENDING' for update skip locked",
    [id],
  );
  return (await withBodies(tx, taken, recent))[0];
}

/** A body never changes once it is stored, so whichever copy is at hand will do. */
async function withBodies(tx: Transaction, taken: readonly Taken[], recent: RecentBodies): Promise<DueDelivery[]> {
  const missing = taken.filter(({ id }) => recent.get(id) === undefined).map(({ id }) => id);
  const rows =
    missing.length === 0
      ? []
      : await tx.query<{ id: string; body: Buffer }>(
          `select id, body from deliveries join delivery_bodies bodies
             on bodies.delivery_id = deliveries.id and bodies.received_at = deliveries.received_at
           where id = any($1)`,
          [missing],
        );
  const read = new Map(rows.map(({ id, body }) => [id, body]));
  return taken.flatMap(({ id, attempts }) => {
    const body = recent.get(id) ?? read.get(id);
    return body === undefined ? [] : [{ id, attempts, body }];
  });
}
