import type { Transaction } from "../store/database.ts";
import type { RecentBodies } from "./recent-bodies.ts";

/** A delivery to be applied, locked by the transaction that took it. */
export interface DueDelivery {
  readonly id: string;
  /** Undefined: it is no longer kept. */
  readonly body: Uint8Array | undefined;
  /** Tries since it came or was last replayed. */
  readonly attempts: number;
  /** Subscribers were told of it. */
  readonly announced: boolean;
}

export interface DueDeliveries {
  readonly deliveries: readonly DueDelivery[];
  /** More may be due: the set was cut by its length or its bytes. */
  readonly more: boolean;
}

type Taken = Omit<DueDelivery, "body">;

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
): Promise<DueDeliveries> {
  const taken = await tx.query<Taken & { found: number }>(
    `with taken as materialized (
       select id, attempts, announced, next_attempt_at, size from deliveries
       where source_id = $1 and status = 'PENDING' and next_attempt_at <= now()
         and not exists (select 1 from sources where id = $1 and paused)
       order by next_attempt_at limit $2 for update skip locked
     ), sized as (
       select id, attempts, announced, sum(size) over (order by next_attempt_at, id) as total,
         row_number() over (order by next_attempt_at, id) as position, (count(*) over ())::int as found from taken
     )
     select id, attempts, announced, found from sized where total <= $3 or position = 1 order by position`,
    [sourceId, limit, MAX_SET_BYTES],
  );
  const found = taken[0]?.found ?? 0;
  return { deliveries: await withBodies(tx, taken, recent), more: found >= limit || taken.length < found };
}

/** Takes one delivery if it is still to be applied and nobody else works on it. */
export async function takeOne(tx: Transaction, id: string, recent: RecentBodies): Promise<DueDelivery | undefined> {
  const taken = await tx.query<Taken & Record<string, unknown>>(
    "select id, attempts, announced from deliveries where id = $1 and status = 'PENDING' for update skip locked",
    [id],
  );
  return (await withBodies(tx, taken, recent))[0];
}

/**
 * A body never changes once it is stored, so whichever copy is at hand will do. Those at hand are taken hold of first: while the
 * others are read, more calls come in and push them out.
 */
async function withBodies(tx: Transaction, taken: readonly Taken[], recent: RecentBodies): Promise<DueDelivery[]> {
  const bodies = new Map(taken.map(({ id }) => [id, recent.get(id)]));
  const missing = taken.filter(({ id }) => bodies.get(id) === undefined).map(({ id }) => id);
  if (missing.length > 0) {
    const rows = await tx.query<{ id: string; body: Buffer }>(
      `select id, body from deliveries join delivery_bodies bodies
         on bodies.delivery_id = deliveries.id and bodies.received_at = deliveries.received_at
       where id = any($1)`,
      [missing],
    );
    for (const { id, body } of rows) bodies.set(id, body);
  }
  return taken.map(({ id, attempts, announced }) => ({ id, attempts, announced, body: bodies.get(id) }));
}
