import type { EntityType } from "../../domain/ids.ts";
import type { Database } from "../../store/database.ts";

/** One object to be fetched again, leased to this process. */
export interface ClaimedRefetch {
  /** The object's global id. */
  readonly id: string;
  readonly entity: EntityType;
  readonly externalId: string;
  /** A request that came later has raised it: what is fetched now is then no answer to it. */
  readonly generation: bigint;
  /** Tries and unsettled rounds so far. */
  readonly attempts: number;
}

export interface Claim {
  readonly refetches: readonly ClaimedRefetch[];
  /** This database's clock after the claim: whatever was written before it, the upstream's answer has seen. */
  readonly asked: string;
  /** Nothing may be asked of the source, and nothing was claimed. */
  readonly closed: boolean;
  /** What was asked of the source last has failed, so that an answer is news. */
  readonly failing: boolean;
}

/** A process that dies leaves its objects to the others after this time. Longer than a fetch may take. */
const LEASE_SECONDS = 30;

/**
 * Leases objects of a source that are due. None while the source is paused or its credentials are refused: asking again
 * with them would only make it worse, and the status changes when somebody has done something about it.
 */
export function claimRefetches(
  db: Database,
  source: { readonly tenantId: string; readonly id: string },
  owner: string,
  limit: number,
): Promise<Claim> {
  return db.transaction(source.tenantId, async (tx) => {
    const [held] = await tx.query<{ closed: boolean; failing: boolean }>(
      `select paused or status = 'NEEDS_CREDENTIALS' as closed, failures > 0 or status = 'UNREACHABLE' as failing
       from sources where id = $1`,
      [source.id],
    );
    if (held === undefined || held.closed) return { refetches: [], asked: "", closed: true, failing: false };
    const rows = await tx.query<{ id: string; entity: EntityType; external: string; gen: bigint; tries: number }>(
      `with due as materialized (
         select id from refetches
         where source_id = $1 and next_attempt_at <= now() and (lease_until is null or lease_until < now())
         order by next_attempt_at limit $2 for update skip locked
       )
       update refetches as held set lease_until = now() + $3 * interval '1 second', lease_owner = $4
       from due where held.id = due.id
       returning held.id, held.entity_type as entity, held.external_id as external, held.generation as gen,
         held.attempts as tries`,
      [source.id, limit, LEASE_SECONDS, owner],
    );
    const [clock] = await tx.query<{ asked: string }>("select clock_timestamp()::text as asked");
    const refetches = rows.map((row) => ({
      id: row.id,
      entity: row.entity,
      externalId: row.external,
      generation: row.gen,
      attempts: row.tries,
    }));
    return { refetches, asked: clock?.asked ?? "", closed: false, failing: held.failing };
  });
}
