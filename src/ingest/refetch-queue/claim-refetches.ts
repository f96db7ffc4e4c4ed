import type { EntityType } from "../../domain/ids.ts";
import type { Database } from "../../store/database.ts";
import type { DueRows } from "../../store/find-due-sources.ts";
import { isUnleased, leaseEnd } from "../../store/lease.ts";

/** One object to be fetched again, leased to this process. */
export interface ClaimedRefetch {
  /** The object's global id, or a name derived from it if `of` is given. */
  readonly id: string;
  readonly entity: EntityType;
  readonly externalId: string;
  /** Owner type, as in `HintMessage`: all objects of `entity` that belong to this one are fetched. */
  readonly of: EntityType | undefined;
  /** A later request has raised it: the current fetch does not answer that request. */
  readonly generation: bigint;
  /** Attempts and unresolved rounds so far. */
  readonly attempts: number;
  /** Trace that the fetch continues. */
  readonly traceparent: string | undefined;
  /** Full read that has not listed the object, for which it is fetched. */
  readonly runId: string | undefined;
}

export interface RefetchClaim {
  readonly refetches: readonly ClaimedRefetch[];
  /** The database's time after the claim: the upstream's response reflects everything written before it. */
  readonly requestedAt: string;
  /** True if the source must not be called, and nothing was claimed. */
  readonly closed: boolean;
  /** True if the last call to the source failed, so that a response is a change of status. */
  readonly failing: boolean;
}

/** Time after which the objects of a crashed process are available to the others. Longer than a fetch may take. */
const LEASE_MS = 30_000;

/** Objects to be fetched again, as work of their source. A source is left alone while `claimRefetches` would be. */
export const DUE_REFETCHES: DueRows = {
  table: "refetches",
  due: `next_attempt_at <= now() and ${isUnleased("refetches")}`,
  workable: "not source.paused and source.status <> 'NEEDS_CREDENTIALS'",
};

/**
 * Leases due objects of a source. None while the source is paused or its credentials are refused: further calls with
 * them would only make it worse, and the status changes when an operator has fixed the cause.
 */
export function claimRefetches(
  db: Database,
  source: { readonly tenantId: string; readonly id: string },
  owner: string,
  limit: number,
): Promise<RefetchClaim> {
  return db.transaction(source.tenantId, async (tx) => {
    const [state] = await tx.query<{ closed: boolean; failing: boolean }>(
      `select paused or status = 'NEEDS_CREDENTIALS' as closed, failures > 0 or status = 'UNREACHABLE' as failing
       from sources where id = $1`,
      [source.id],
      { prepared: true },
    );
    if (state === undefined || state.closed) return { refetches: [], requestedAt: "", closed: true, failing: false };
    const rows = await tx.query<{
      id: string;
      entity: EntityType;
      external: string;
      of: EntityType | null;
      gen: bigint;
      tries: number;
      traceparent: string | null;
      run_id: string | null;
    }>(
      `with due as materialized (
         select id from refetches
         where source_id = $1 and next_attempt_at <= now() and ${isUnleased("refetches")}
         order by next_attempt_at limit $2 for update skip locked
       )
       update refetches as existing set lease_until = ${leaseEnd(LEASE_MS)}, lease_owner = $3
       from due where existing.id = due.id
       returning existing.id, existing.entity_type as entity, existing.external_id as external, existing.of_type as of, existing.generation as gen,
         existing.attempts as tries, existing.traceparent, existing.run_id`,
      [source.id, limit, owner],
    );
    const [clock] = await tx.query<{ now: string }>("select clock_timestamp()::text as now");
    const refetches = rows.map((row) => ({
      id: row.id,
      entity: row.entity,
      externalId: row.external,
      of: row.of ?? undefined,
      generation: row.gen,
      attempts: row.tries,
      traceparent: row.traceparent ?? undefined,
      runId: row.run_id ?? undefined,
    }));
    return { refetches, requestedAt: clock?.now ?? "", closed: false, failing: state.failing };
  });
}
