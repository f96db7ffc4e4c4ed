import { ServiceError } from "../../domain/error.ts";
import type { LeaseKeeper } from "../../runtime/keep-lease.ts";
import { coalesce } from "../../runtime/coalesce.ts";
import type { Database } from "../../store/database.ts";
import { LEASE_MS, leasedStreams, type StreamLease } from "./stream-lease.ts";

export interface KeptStream {
  readonly tenantId: string;
  readonly runId: string;
  readonly lease: StreamLease;
}

/**
 * Renews the leases of all streams that a process reads, by one statement, whatever their number; also tells a reader to
 * stop when its source is paused or its run canceled. Without a stream it does nothing.
 */
export interface LeaseRenewals {
  /** Keeps a lease until its `stop` is called. */
  keep(stream: KeptStream): LeaseKeeper;
}

const RENEW_MS = 3_000;

interface Kept extends KeptStream {
  readonly controller: AbortController;
  renewedAtMs: number;
}

export function createLeaseRenewals({ db, owner }: { readonly db: Database; readonly owner: string }): LeaseRenewals {
  const kept = new Set<Kept>();
  const renewals = coalesce(renew);
  let timer: NodeJS.Timeout | undefined;

  async function renew(): Promise<void> {
    const streams = [...kept];
    if (streams.length === 0) return;
    try {
      const rows = await db.acrossTenants<Renewed>(RENEW, [
        streams.map(({ tenantId }) => tenantId),
        streams.map(({ lease }) => lease.sourceId),
        streams.map(({ lease }) => lease.stream),
        streams.map(({ lease }) => lease.token),
        streams.map(({ runId }) => runId),
        owner,
      ]);
      const nowMs = performance.now();
      for (const { position, own, requested } of rows) {
        const stream = streams[position - 1];
        if (stream === undefined) continue;
        if (!own) stream.controller.abort(leaseLost());
        else if (!requested) stream.controller.abort(noLongerRequested());
        stream.renewedAtMs = nowMs;
      }
    } catch (reason) {
      // One missed renewal is temporary; once the lease has expired, another process may already be at work.
      const latestMs = performance.now() - LEASE_MS;
      for (const { controller, renewedAtMs } of streams)
        if (renewedAtMs < latestMs) controller.abort(leaseLost(reason));
    }
  }

  return {
    keep(stream) {
      const keeping = { ...stream, controller: new AbortController(), renewedAtMs: performance.now() };
      kept.add(keeping);
      timer ??= setInterval(renewals.ask, RENEW_MS);
      return {
        lost: keeping.controller.signal,
        async stop() {
          kept.delete(keeping);
          if (kept.size > 0) return;
          clearInterval(timer);
          timer = undefined;
          await renewals.idle();
        },
      };
    },
  };
}

interface Renewed extends Record<string, unknown> {
  /** Place of the stream in the input, from 1. */
  readonly position: number;
  /** True if the lease is still ours. */
  readonly own: boolean;
  /** True if the stream is still to be read. */
  readonly requested: boolean;
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
    coalesce(not sources.paused and not runs.cancel_requested, false) as requested
  from streams
  left join stream_states existing using (tenant_id, source_id, stream)
  left join sources on sources.tenant_id = streams.tenant_id and sources.id = streams.source_id
  left join sync_runs runs on runs.tenant_id = streams.tenant_id and runs.id = streams.run_id`;

function leaseLost(cause?: unknown): ServiceError {
  return new ServiceError("LEASE_LOST", "another worker has taken over the stream", { cause });
}

function noLongerRequested(): ServiceError {
  return new ServiceError("CANCELED", "the source was paused or the run canceled");
}
