import { ServiceError } from "../../domain/error.ts";
import type { DeliveryStatus } from "../../domain/lifecycles.ts";
import type { Transaction } from "../../store/database.ts";
import type { Delivery } from "./delivery.ts";

interface DeliveryRow extends Record<string, unknown> {
  readonly id: string;
  readonly source_id: string;
  readonly event_type: string | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly earlier_attempts: number;
  readonly received_at: string;
  readonly finished_at: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly discard_reason: string | null;
  readonly discarded_by: string | null;
}

/**
 * Locks a delivery until the end of the transaction; waits for a process that is applying it.
 * @throws ServiceError NOT_FOUND
 */
export async function lockDelivery(tx: Transaction, id: string): Promise<Delivery> {
  const rows = await tx.query<DeliveryRow>(
    `select id, source_id, event_type, status, attempts, earlier_attempts, received_at, finished_at, error_code,
       error_message, discard_reason, discarded_by
     from deliveries where id = $1 for update`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new ServiceError("NOT_FOUND", "there is no delivery with this id");
  return {
    id: row.id,
    sourceId: row.source_id,
    eventType: row.event_type ?? undefined,
    status: row.status,
    attempts: row.attempts,
    earlierAttempts: row.earlier_attempts,
    receivedAt: row.received_at,
    finishedAt: row.finished_at ?? undefined,
    errorCode: row.error_code ?? undefined,
    errorMessage: row.error_message ?? undefined,
    discardReason: row.discard_reason ?? undefined,
    discardedBy: row.discarded_by ?? undefined,
  };
}
