import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Delivery, DeliveryStatus } from "./delivery.ts";

interface DeliveryRow {
  readonly id: string;
  readonly source_id: string;
  readonly event_type: string | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly received_at: string;
  readonly finished_at: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
}

/**
 * Has a delivery applied again, whatever became of it. Applying is gated on versions, so what it did before it does not
 * do twice; one that waits for its next try is tried now.
 * @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE
 */
export async function replayDelivery(db: Database, tenantId: string, id: string): Promise<Delivery> {
  const rows = await db.transaction(tenantId, (tx) =>
    tx.query<DeliveryRow & Record<string, unknown>>(
      `update deliveries set status = 'PENDING', attempts = 0, next_attempt_at = now(), finished_at = null,
         error_code = null, error_message = null
       where id = $1
       returning id, source_id, event_type, status, attempts, received_at, finished_at, error_code, error_message`,
      [id],
    ),
  );
  const row = rows[0];
  if (row === undefined) throw new ServiceError("NOT_FOUND", "there is no such delivery");
  return {
    id: row.id,
    sourceId: row.source_id,
    eventType: row.event_type ?? undefined,
    status: row.status,
    attempts: row.attempts,
    receivedAt: row.received_at,
    finishedAt: row.finished_at ?? undefined,
    errorCode: row.error_code ?? undefined,
    errorMessage: row.error_message ?? undefined,
  };
}
