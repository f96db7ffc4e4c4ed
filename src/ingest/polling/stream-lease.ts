import type { Transaction } from "../../store/database.ts";
import { isUnleased, type Lease, leasedTable } from "../../store/lease.ts";

/**
 * Time for which a stream stays with an unresponsive worker. Another worker takes over within this time and one sweep.
 */
export const LEASE_MS = 9_000;

/** The right to write a stream, valid until another worker takes it over. */
export interface StreamLease extends Lease {
  readonly sourceId: string;
  readonly stream: string;
}

/** Both writes fail with LEASE_LOST when another worker has taken over. */
export const leasedStreams = leasedTable<StreamLease>({
  update: "update stream_states set",
  key: { source_id: "sourceId", stream: "stream" },
  leaseMs: LEASE_MS,
  lostMessage: "another worker has taken over the stream",
});

/** Acquires the stream if no other worker has its lease, with its current cursor. */
export async function acquireLease(
  tx: Transaction,
  sourceId: string,
  stream: string,
  owner: string,
): Promise<{ readonly lease: StreamLease; readonly cursor: unknown } | undefined> {
  const rows = await tx.query<{ lease_token: bigint; cursor: unknown }>(
    `insert into stream_states as existing (tenant_id, source_id, stream, lease_owner, lease_token, lease_until)
     values ($1, $2, $3, $4, 1, ${leasedStreams.end})
     on conflict (tenant_id, source_id, stream) do update set
       lease_owner = excluded.lease_owner, lease_token = existing.lease_token + 1, lease_until = excluded.lease_until
     where ${isUnleased("existing")}
     returning lease_token, cursor`,
    [tx.tenantId, sourceId, stream, owner],
  );
  const row = rows[0];
  return row && { lease: { sourceId, stream, owner, token: row.lease_token }, cursor: row.cursor ?? undefined };
}
