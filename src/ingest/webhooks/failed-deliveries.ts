import { ServiceError } from "../../domain/error.ts";
import { DELIVERY } from "../../domain/lifecycles.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { after, leads } from "../../store/status-sql.ts";
import { fullJitterMs } from "../../runtime/backoff.ts";

/** A delivery whose application failed. */
export interface FailedDelivery {
  readonly id: string;
  /** Number of attempts before this one, since it arrived or was last replayed. */
  readonly attempts: number;
  readonly reason: unknown;
}

export interface FailurePolicy {
  /** Number of attempts after which a delivery is parked. */
  readonly maxAttempts: number;
  readonly random: () => number;
}

/** An outage of a minute costs a few attempts; a failure of an hour needs a person. */
const RETRY_PAUSE = { baseMs: 1_000, capMs: 5 * 60_000 };

/**
 * Parks failed deliveries or schedules their next attempt, with a row for each attempt, and returns the resulting
 * events.
 */
export async function recordFailures(
  tx: Transaction,
  sourceId: string,
  failed: readonly FailedDelivery[],
  policy: FailurePolicy,
): Promise<{ readonly events: readonly NewEvent[]; readonly parked: number }> {
  if (failed.length === 0) return { events: [], parked: 0 };
  const decisions = failed.map((failure) => ({ ...failure, ...decideRetry(failure, policy) }));
  await tx.query(
    `with failed as (
       update deliveries as existing set attempts = existing.attempts + 1, unfinished_attempts = 0, announced = true, error_code = failed.code,
         error_message = failed.message, status = failed.status,
         finished_at = case when failed.pause_ms is null then now() end,
         next_attempt_at = now() + coalesce(failed.pause_ms, 0) * interval '1 millisecond'
       from (select *, case when pause_ms is null then ${after(DELIVERY, "park")} else ${after(DELIVERY, "retry")} end as status
             from unnest($2::text[], $3::text[], $4::text[], $5::float8[]) as failed (id, code, message, pause_ms)) as failed
       where existing.id = failed.id and ${leads("(existing.status || '')", "failed.status", DELIVERY, ["retry", "park"])}
       returning existing.id, existing.earlier_attempts + existing.attempts as number, failed.code, failed.message,
         case when failed.pause_ms is not null then existing.next_attempt_at end as next_attempt_at
     )
     insert into delivery_attempts (tenant_id, delivery_id, number, at, outcome, error_code, error_message, next_attempt_at)
     select $1, id, number, now(), case when next_attempt_at is null then ${after(DELIVERY, "park")} else 'RETRY' end, code, message,
       next_attempt_at
     from failed`,
    [
      tx.tenantId,
      decisions.map(({ id }) => id),
      decisions.map(({ error }) => error.code),
      // PostgreSQL text cannot contain it
      decisions.map(({ error }) => error.publicMessage.replaceAll("\0", "\u{fffd}")),
      decisions.map(({ pauseMs }) => pauseMs ?? null),
    ],
  );
  const parked = decisions.filter(({ pauseMs }) => pauseMs === undefined);
  for (const { id, error } of parked) {
    tx.report({ level: "warn", sentence: "delivery parked", about: { sourceId, deliveryId: id, code: error.code } });
  }
  const events = parked.map(({ id }) => ({ sourceId, body: { kind: "DeliveryParked", deliveryId: id } }) as const);
  return { events, parked: parked.length };
}

/** Sets `pauseMs` to undefined if another attempt would have the same result, or if there were enough attempts. */
function decideRetry({ reason, attempts }: FailedDelivery, policy: FailurePolicy) {
  const error = ServiceError.from(reason);
  // INTERNAL is our own defect or a statement that the server rejected: the next version may succeed, so it gets all
  // its attempts.
  const final = !error.retryable && error.code !== "INTERNAL";
  if (final || attempts + 1 >= policy.maxAttempts) return { error, pauseMs: undefined };
  const pauseMs = Math.max(error.retryAfterMs ?? 0, fullJitterMs(RETRY_PAUSE, attempts + 1, policy.random));
  return { error, pauseMs };
}
