import { ServiceError } from "../domain/error.ts";
import type { Transaction } from "../store/database.ts";

/** How long a stream stays with a worker that says nothing. Takeover comes within this and one sweep. */
export const LEASE_MS = 9_000;
export const RENEW_MS = 3_000;

/** The right to write a stream, as long as nobody took it over. */
export interface StreamLease {
  readonly sourceId: string;
  readonly stream: string;
  readonly owner: string;
  /** Rises with every change of hands: a write that carries an older one is refused. */
  readonly token: bigint;
}

const EXTENDED = `now() + interval '${LEASE_MS} milliseconds'`;

/** Takes the stream if nobody holds it, with the cursor that it stands at. Judged by the database's clock alone. */
export async function acquireLease(
  tx: Transaction,
  sourceId: string,
  stream: string,
  owner: string,
): Promise<{ readonly lease: StreamLease; readonly cursor: unknown } | undefined> {
  const rows = await tx.query<{ lease_token: bigint; cursor: unknown }>(
    `insert into stream_states as held (tenant_id, source_id, stream, lease_owner, lease_token, lease_until)
     values ($1, $2, $3, $4, 1, ${EXTENDED})
     on conflict (tenant_id, source_id, stream) do update set
       lease_owner = excluded.lease_owner, lease_token = held.lease_token + 1, lease_until = excluded.lease_until
     where held.lease_until is null or held.lease_until < now()
     returning lease_token, cursor`,
    [tx.tenantId, sourceId, stream, owner],
  );
  const row = rows[0];
  return row && { lease: { sourceId, stream, owner, token: row.lease_token }, cursor: row.cursor ?? undefined };
}

/**
 * The fence: first statement of every transaction that writes what a stream's reader found. Locks the stream and
 * extends the lease.
 * @throws ServiceError LEASE_LOST when another worker has taken over, however late we come
 */
export async function fence(tx: Transaction, lease: StreamLease): Promise<void> {
  const rows = await tx.query(
    `update stream_states set lease_until = ${EXTENDED}
     where source_id = $1 and stream = $2 and lease_owner = $3 and lease_token = $4 returning 1 as held`,
    [lease.sourceId, lease.stream, lease.owner, lease.token],
  );
  if (rows.length > 0) return;
  throw new ServiceError("LEASE_LOST", "another worker has taken the stream over", {
    detail: `${lease.sourceId}/${lease.stream} token ${lease.token}`,
    sourceId: lease.sourceId,
  });
}

/** Hands the stream back, if it is still ours. */
export async function releaseLease(tx: Transaction, lease: StreamLease): Promise<void> {
  await tx.query(
    `update stream_states set lease_until = null, lease_owner = null
     where source_id = $1 and stream = $2 and lease_owner = $3 and lease_token = $4`,
    [lease.sourceId, lease.stream, lease.owner, lease.token],
  );
}
