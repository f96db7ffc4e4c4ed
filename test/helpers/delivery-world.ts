import { hash } from "node:crypto";
import { deliveryId } from "../../src/domain/delivery-id.ts";
import { minute, type Place } from "./ledger-world.ts";

/** A delivery as the inbox would have stored it. */
export interface StoredDelivery {
  /** Its key, from which its id and body are derived. */
  readonly key: string;
  readonly eventType?: string | null;
  readonly status?: "PENDING" | "APPLIED" | "PARKED" | "DISCARDED";
  /** RFC 3339. */
  readonly receivedAt?: string;
  readonly attempts?: number;
  readonly earlierAttempts?: number;
  readonly errorCode?: string;
  readonly verification?: unknown;
  readonly effects?: readonly unknown[];
  /** True if its retention period is over. */
  readonly isBodyDeleted?: boolean;
}

/** Time at which everything ended. */
export const ENDED_AT = minute(10_000);

export const bodyOf = (key: string): string => `{"id":"${key}"}`;

/** The id of such a delivery. */
export const idOf = ({ tenantId, sourceId }: Omit<Place, "database">, key: string): string =>
  deliveryId(tenantId, sourceId, key);

/** Stores deliveries. */
export async function addDeliveries(place: Place, deliveries: readonly StoredDelivery[]): Promise<void> {
  const { database, tenantId, sourceId } = place;
  const rows = deliveries.map((one, index) => ({
    id: idOf(place, one.key),
    delivery_key: one.key,
    event_type: one.eventType ?? null,
    content_hash: hash("sha256", bodyOf(one.key)),
    size: Buffer.byteLength(bodyOf(one.key)),
    received_at: one.receivedAt ?? minute(index),
    status: one.status ?? "APPLIED",
    attempts: one.attempts ?? 1,
    earlier_attempts: one.earlierAttempts ?? 0,
    finished_at: one.status === "PENDING" ? null : ENDED_AT,
    error_code: one.errorCode ?? null,
    error_message: one.errorCode === undefined ? null : "not understood",
    verification: one.verification ?? null,
    effects: one.effects ?? null,
    body: one.isBodyDeleted === true ? null : bodyOf(one.key),
  }));
  await database.transaction(tenantId, (tx) =>
    tx.query(
      `with incoming as (select * from jsonb_to_recordset($3) as incoming (id text, delivery_key text, event_type text,
         content_hash text, size int, received_at timestamptz, status text, attempts int, earlier_attempts int,
         finished_at timestamptz, error_code text, error_message text, verification jsonb, effects jsonb, body text)
       ), stored as (
         insert into deliveries (tenant_id, source_id, id, delivery_key, event_type, content_hash, size, received_at, status,
           attempts, earlier_attempts, next_attempt_at, finished_at, error_code, error_message, verification, effects, announced)
         select $1, $2, id, delivery_key, event_type, content_hash, size, received_at, status, attempts, earlier_attempts,
           received_at, finished_at, error_code, error_message, verification, effects, true from incoming)
       insert into delivery_bodies (tenant_id, delivery_id, received_at, body)
       select $1, id, received_at, convert_to(body, 'UTF8') from incoming where body is not null`,
      [tenantId, sourceId, JSON.stringify(rows)],
    ),
  );
}
