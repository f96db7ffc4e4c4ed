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

export interface AcquiredStream {
  readonly lease: StreamLease;
  /** Current cursor of the stream; undefined: it was never read. */
  readonly cursor: unknown;
  /** True if its part of the last run failed: see failing-streams.ts. */
  readonly hasFailed: boolean;
}

/**
 * Acquires those streams of a source of which no other worker has the lease.
 * @param streams distinct names
 * @returns the acquired streams by name
 */
export async function acquireLeases(
  tx: Transaction,
  sourceId: string,
  streams: readonly string[],
  owner: string,
): Promise<ReadonlyMap<string, AcquiredStream>> {
  // In one order in all processes, so that two of them never wait for each other.
  const rows = await tx.query<{ stream: string; lease_token: bigint; cursor: unknown; failed: boolean }>(
    `insert into stream_states as existing (tenant_id, source_id, stream, lease_owner, lease_token, lease_until)
     select $1, $2, stream, $4, 1, ${leasedStreams.end} from unnest($3::text[]) as stream order by stream
     on conflict (tenant_id, source_id, stream) do update set
       lease_owner = excluded.lease_owner, lease_token = existing.lease_token + 1, lease_until = excluded.lease_until
     where ${isUnleased("existing")}
     returning stream, lease_token, cursor, failed_runs > 0 as failed`,
    [tx.tenantId, sourceId, streams, owner],
    { prepared: true },
  );
  return new Map(
    rows.map(({ stream, lease_token: token, cursor, failed }) => [
      stream,
      { lease: { sourceId, stream, owner, token }, cursor: cursor ?? undefined, hasFailed: failed },
    ]),
  );
}
