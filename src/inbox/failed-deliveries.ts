import { ServiceError } from "../domain/error.ts";
import type { NewEvent } from "../events/event.ts";
import type { Transaction } from "../store/database.ts";
import { fullJitterMs } from "../worker/backoff.ts";

/** A delivery whose application failed. */
export interface FailedDelivery {
  readonly id: string;
  /** Tries before this one, since it came or was last replayed. */
  readonly attempts: number;
  readonly reason: unknown;
}

export interface FailurePolicy {
  /** Tries after which a delivery is parked. */
  readonly maxAttempts: number;
  readonly random: () => number;
}

/** A minute's outage of whatever stands in the way costs a few tries; a fault of an hour is for people. */
const RETRY_PAUSE = { baseMs: 1_000, capMs: 5 * 60_000 };

/** Parks failed deliveries or sets them a later time, with a row for each try, and returns the events of it. */
export async function recordFailures(
  tx: Transaction,
  sourceId: string,
  failed: readonly FailedDelivery[],
  policy: FailurePolicy,
): Promise<{ readonly events: readonly NewEvent[]; readonly parked: number }> {
  if (failed.length === 0) return { events: [], parked: 0 };
  const verdicts = failed.map((failure) => ({ ...failure, ...judge(failure, policy) }));
  await tx.query(
    `with failed as (
       update deliveries as held set attempts = held.attempts + 1, announced = true, error_code = failed.code,
         error_message = failed.message, status = case when failed.pause_ms is null then 'PARKED' else 'PENDING' end,
         finished_at = case when failed.pause_ms is null then now() end,
         next_attempt_at = now() + coalesce(failed.pause_ms, 0) * interval '1 millisecond'
       from unnest($2::text[], $3::text[], $4::text[], $5::float8[]) as failed (id, code, message, pause_ms)
       where held.id = failed.id
       returning held.id, held.earlier_attempts + held.attempts as number, failed.code, failed.message,
         case when failed.pause_ms is not null then held.next_attempt_at end as next_attempt_at
     )
     insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome, error_code, error_message, next_attempt_at)
     select $1, id, number, now(), case when next_attempt_at is null then 'PARKED' else 'RETRY' end, code, message,
       next_attempt_at
     from failed`,
    [
      tx.tenantId,
      verdicts.map(({ id }) => id),
      verdicts.map(({ error }) => error.code),
      verdicts.map(({ error }) => error.publicMessage.replaceAll("\0", "\u{fffd}")), // PostgreSQL text cannot hold it
      verdicts.map(({ pauseMs }) => pauseMs ?? null),
    ],
  );
  const parked = verdicts.filter(({ pauseMs }) => pauseMs === undefined);
  const events = parked.map(({ id }) => ({ sourceId, body: { kind: "DeliveryParked", deliveryId: id } }) as const);
  return { events, parked: parked.length };
}

/** `pauseMs` undefined: another try would end the same, or there were enough of them. */
function judge({ reason, attempts }: FailedDelivery, policy: FailurePolicy) {
  const error = ServiceError.from(reason);
  // INTERNAL is our own fault or a statement that the server refused: the next version may do better, so it has its tries.
  const final = !error.retryable && error.code !== "INTERNAL";
  if (final || attempts + 1 >= policy.maxAttempts) return { error, pauseMs: undefined };
  const pauseMs = Math.max(error.retryAfterMs ?? 0, fullJitterMs(RETRY_PAUSE, attempts + 1, policy.random));
  return { error, pauseMs };
}
