import type { Database } from "../../store/database.ts";
import { createLeaseRenewals, type LeaseRenewals, type Renewed } from "../../store/lease-renewals.ts";
import { LEASE_MS, leasedStreams, type StreamLease } from "./stream-lease.ts";

export interface KeptStream {
  readonly tenantId: string;
  readonly runId: string;
  readonly lease: StreamLease;
}

const RENEW_MS = 3_000;

/**
 * Renews the leases of all streams that a process reads; also tells a reader to stop when its source is paused or its
 * run canceled.
 */
export function createStreamRenewals(options: {
  readonly db: Database;
  readonly owner: string;
}): LeaseRenewals<KeptStream> {
  const { db, owner } = options;
  return createLeaseRenewals({
    renewMs: RENEW_MS,
    leaseMs: LEASE_MS,
    lostMessage: "another worker has taken over the stream",
    unneededMessage: "the source was paused or the run canceled",
    renew: (streams) =>
      db.acrossTenants<Renewed>(RENEW, [
        streams.map(({ tenantId }) => tenantId),
        streams.map(({ lease }) => lease.sourceId),
        streams.map(({ lease }) => lease.stream),
        streams.map(({ lease }) => lease.token),
        streams.map(({ runId }) => runId),
        owner,
      ]),
  });
}

/** A row that is locked belongs to a batch that is just being committed, which extends the lease itself. */
const RENEW = `
  with streams as (
    select position::integer, tenant_id, source_id, stream, token, run_id
    from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[]) with ordinality
      as given (tenant_id, source_id, stream, token, run_id, position)
  ), free as (
    select existing.tenant_id, existing.source_id, existing.stream from streams
    join stream_states existing using (tenant_id, source_id, stream)
    where existing.lease_owner = $6 and existing.lease_token = streams.token
    for update of existing skip locked
  ), renewed as (
    update stream_states existing set lease_until = ${leasedStreams.end} from free
    where existing.tenant_id = free.tenant_id and existing.source_id = free.source_id and existing.stream = free.stream
  )
  select streams.position, coalesce(existing.lease_owner = $6 and existing.lease_token = streams.token, false) as own,
    coalesce(not sources.paused and not runs.cancel_requested, false) as needed
  from streams
  left join stream_states existing using (tenant_id, source_id, stream)
  left join sources on sources.tenant_id = streams.tenant_id and sources.id = streams.source_id
  left join sync_runs runs on runs.tenant_id = streams.tenant_id and runs.id = streams.run_id`;
