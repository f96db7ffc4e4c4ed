import { DELIVERY } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import { findDeliveryBodies } from "../../store/queries/find-delivery-bodies.ts";
import { allows, allowsOfKnownRow } from "../../store/status-sql.ts";
import type { RecentBodies } from "./recent-bodies.ts";

/** A delivery to be applied, locked by the transaction that selected it. */
export interface DueDelivery {
  readonly id: string;
  /** Undefined: it is no longer stored. */
  readonly body: Uint8Array | undefined;
  /** RFC 3339. */
  readonly receivedAt: string;
  /** Number of attempts since it arrived or was last replayed. */
  readonly attempts: number;
  /** Number of attempts since then that ended with the process. */
  readonly unfinishedAttempts: number;
  /** True if subscribers were notified of it. */
  readonly announced: boolean;
  /** Trace that its processing continues. */
  readonly traceparent: string | null;
}

export interface DueDeliveries {
  readonly deliveries: readonly DueDelivery[];
  /** True if more may be due: the set was limited by its length or its bytes. */
  readonly more: boolean;
}

type Received = Omit<DueDelivery, "body">;

/** Maximum bytes of the bodies of one set in memory; a single body may be larger. */
const MAX_SET_BYTES = 8 * 1024 * 1024;

/**
 * Selects due deliveries of a source, the longest waiting first, skipping those that another process works on. Selects
 * none while the source is paused. The order is by `next_attempt_at`, which is the time of arrival until an attempt
 * fails, because the index provides that order: a backlog of any length is read from its head.
 */
export async function takeDue(
  tx: Transaction,
  sourceId: string,
  limit: number,
  recent: RecentBodies,
): Promise<DueDeliveries> {
  const taken = await tx.query<Received & { found: number }>(
    `with taken as materialized (
       select id, received_at, attempts, unfinished_attempts, announced, traceparent, next_attempt_at, size from deliveries
       where source_id = $1 and ${allows("status", DELIVERY, "apply")} and next_attempt_at <= now()
         and not exists (select 1 from sources where id = $1 and paused)
       order by next_attempt_at limit $2 for update skip locked
     ), sized as (
       select id, received_at, attempts, unfinished_attempts, announced, traceparent, sum(size) over (order by next_attempt_at, id) as total,
         row_number() over (order by next_attempt_at, id) as position, (count(*) over ())::int as found from taken
     )
     select id, received_at as "receivedAt", attempts, unfinished_attempts as "unfinishedAttempts", announced, traceparent, found from sized where total <= $3 or position = 1 order by position`,
    [sourceId, limit, MAX_SET_BYTES],
  );
  const found = taken[0]?.found ?? 0;
  return { deliveries: await withBodies(tx, taken, recent), more: found >= limit || taken.length < found };
}

/** Selects one delivery if it is still to be applied and no other process works on it. */
export async function takeOne(tx: Transaction, id: string, recent: RecentBodies): Promise<DueDelivery | undefined> {
  const taken = await tx.query<Received & Record<string, unknown>>(
    `select id, received_at as "receivedAt", attempts, unfinished_attempts as "unfinishedAttempts", announced, traceparent from deliveries
     where id = $1 and ${allowsOfKnownRow("status", DELIVERY, "apply")} for update skip locked`,
    [id],
  );
  return (await withBodies(tx, taken, recent))[0];
}

/**
 * A stored body never changes, so any available copy can be used. Copies in memory are fetched first: while the others
 * are read, more calls arrive and evict them.
 */
async function withBodies(tx: Transaction, taken: readonly Received[], recent: RecentBodies): Promise<DueDelivery[]> {
  const bodies = new Map(taken.map(({ id }) => [id, recent.get(id)]));
  const missing = taken.filter(({ id }) => bodies.get(id) === undefined).map(({ id }) => id);
  if (missing.length > 0) {
    for (const { id, body } of await findDeliveryBodies(tx, missing)) bodies.set(id, body);
  }
  return taken.map((received) => ({ ...received, body: bodies.get(received.id) }));
}
