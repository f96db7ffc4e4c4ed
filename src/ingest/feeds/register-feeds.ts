import type { AnyConnector } from "../../connector-api/connector.ts";
import type { Database, Transaction } from "../../store/database.ts";

/**
 * Registers the feeds of all sources whose connector has one, by one statement over all tenants; without such a connector
 * by none. Those that are registered keep their position.
 */
export async function registerFeeds(db: Database, connectors: Iterable<AnyConnector>): Promise<void> {
  const feeding = [...connectors].filter(({ feed }) => feed !== undefined);
  if (feeding.length === 0) return;
  await db.acrossTenants(
    `insert into change_feeds as existing (tenant_id, source_id, streams, via)
     select source.tenant_id, source.id, array(select jsonb_array_elements_text(given.streams)), given.via
     from unnest($1::text[], $2::jsonb[], $3::text[]) as given (connector, streams, via)
     join sources as source using (connector)
     where source.disconnected_at is null
     order by source.tenant_id, source.id
     on conflict (tenant_id, source_id) do update set via = excluded.via where existing.via is distinct from excluded.via`,
    [
      feeding.map(({ name }) => name),
      feeding.map(({ feed }) => JSON.stringify(feed?.streams)),
      feeding.map(({ feed }) => feed?.via ?? null),
    ],
  );
}

/** Registers the feed of a source that is being connected; does nothing if its connector has none. */
export async function registerFeed(
  tx: Transaction,
  sourceId: string,
  connector: AnyConnector | undefined,
): Promise<void> {
  if (connector?.feed === undefined) return;
  // One that was disconnected continues where it was: whether the upstream still can is its connector's to find.
  await tx.query(
    `insert into change_feeds (tenant_id, source_id, streams, via) values ($1, $2, $3, $4)
     on conflict (tenant_id, source_id) do update set streams = excluded.streams, via = excluded.via, failures = 0,
       next_attempt_at = now()`,
    [tx.tenantId, sourceId, connector.feed.streams, connector.feed.via],
  );
}

/** Ends the lease of a source's feed, so that its process can write nothing more of it: the source is disconnected. */
export async function endFeedOfSource(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query(
    `update change_feeds set lease_owner = null, lease_until = null, lease_token = lease_token + 1
     where source_id = $1 and lease_owner is not null`,
    [sourceId],
  );
}

/** Forgets the feed of a source whose connector no longer has one. */
export async function forgetFeed(tx: Transaction, sourceId: string): Promise<void> {
  await tx.query("delete from change_feeds where source_id = $1", [sourceId]);
}
