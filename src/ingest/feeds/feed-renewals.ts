import type { Database } from "../../store/database.ts";
import { createLeaseRenewals, type LeaseRenewals, type Renewed } from "../../store/lease-renewals.ts";
import { type FeedLease, LEASE_MS, leasedFeeds } from "./feed-lease.ts";

export interface KeptFeed {
  readonly tenantId: string;
  readonly lease: FeedLease;
}

const RENEW_MS = 2_000;

/** Renews the leases of all feeds that a process follows; also ends those whose source is paused or disconnected. */
export function createFeedRenewals(options: {
  readonly db: Database;
  readonly owner: string;
}): LeaseRenewals<KeptFeed> {
  const { db, owner } = options;
  return createLeaseRenewals({
    renewMs: RENEW_MS,
    leaseMs: LEASE_MS,
    lostMessage: "another process follows the feed",
    unneededMessage: "the source was paused or disconnected",
    renew: (feeds) =>
      db.acrossTenants<Renewed>(RENEW, [
        feeds.map(({ tenantId }) => tenantId),
        feeds.map(({ lease }) => lease.sourceId),
        feeds.map(({ lease }) => lease.token),
        owner,
      ]),
  });
}

/** A row that is locked belongs to a batch that is just being committed, which extends the lease itself. */
const RENEW = `
  with feeds as (
    select position::integer, tenant_id, source_id, token
    from unnest($1::text[], $2::text[], $3::bigint[]) with ordinality as given (tenant_id, source_id, token, position)
  ), free as (
    select existing.tenant_id, existing.source_id from feeds
    join change_feeds existing using (tenant_id, source_id)
    where existing.lease_owner = $4 and existing.lease_token = feeds.token
    for update of existing skip locked
  ), renewed as (
    update change_feeds existing set lease_until = ${leasedFeeds.end} from free
    where existing.tenant_id = free.tenant_id and existing.source_id = free.source_id
  )
  select feeds.position, coalesce(existing.lease_owner = $4 and existing.lease_token = feeds.token, false) as own,
    coalesce(not sources.paused and sources.disconnected_at is null, false) as needed
  from feeds
  left join change_feeds existing using (tenant_id, source_id)
  left join sources on sources.tenant_id = feeds.tenant_id and sources.id = feeds.source_id`;
