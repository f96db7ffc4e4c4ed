import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import type { VerificationRow } from "../../store/queries/operation-rows.ts";

/** One attempt to apply a delivery. */
export interface DeliveryAttemptRow {
  readonly number: number;
  readonly at: string;
  readonly outcome: "APPLIED" | "RETRY" | "PARKED";
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly nextAttemptAt: string | null;
}

/** One effect of a delivery, as the inbox records it. */
export interface DeliveryEffectRow {
  readonly kind: "CREATED" | "UPDATED" | "DELETED" | "REFETCH" | "READ" | "QUARANTINED";
  readonly entityType?: EntityType | null;
  readonly id?: string | null;
  readonly stream?: string | null;
}

/** Another body received under the id of a delivery, without the body. */
export interface DeliveryConflictRow {
  readonly deliveryId: string;
  readonly contentHash: string;
  readonly verification: VerificationRow | null;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly occurrences: bigint;
}

/** Key of one such body. */
export type ConflictKey = Pick<DeliveryConflictRow, "deliveryId" | "contentHash">;

/** Finds the latest attempts of deliveries, at most `limit` of each, the oldest first within each. */
export function findAttempts(
  tx: Transaction,
  deliveryIds: readonly string[],
  limit: number,
): Promise<(DeliveryAttemptRow & { readonly deliveryId: string })[]> {
  return tx.query(
    `select requested.id as "deliveryId", latest.number, latest.at, latest.outcome, latest.error_code as "errorCode",
       latest.error_message as "errorMessage", latest.next_attempt_at as "nextAttemptAt"
     from unnest($1::text[]) as requested (id) cross join lateral (
       select * from delivery_attempts where delivery_id = requested.id order by number desc limit $2) as latest
     order by requested.id, latest.number`,
    [deliveryIds, limit],
  );
}

/** Finds the effects of deliveries, in no order; those without effects are left out. */
export function findEffects(
  tx: Transaction,
  deliveryIds: readonly string[],
): Promise<{ readonly deliveryId: string; readonly effects: readonly DeliveryEffectRow[] }[]> {
  return tx.query(`select id as "deliveryId", effects from deliveries where id = any($1) and effects is not null`, [
    deliveryIds,
  ]);
}

/** Finds other bodies received under the ids of deliveries, in order of arrival within each. */
export function findConflicts(tx: Transaction, deliveryIds: readonly string[]): Promise<DeliveryConflictRow[]> {
  return tx.query(
    `select delivery_id as "deliveryId", content_hash as "contentHash", verification, first_at as "firstAt",
       last_at as "lastAt", occurrences
     from delivery_conflicts where delivery_id = any($1) order by delivery_id, first_at, content_hash`,
    [deliveryIds],
  );
}

/** Finds those bodies, in no order; deleted ones are left out. */
export function findConflictBodies(
  tx: Transaction,
  keys: readonly ConflictKey[],
): Promise<(ConflictKey & { readonly body: Uint8Array })[]> {
  return tx.query(
    `select delivery_id as "deliveryId", content_hash as "contentHash", conflict.body
     from unnest($1::text[], $2::text[]) as requested (delivery_id, content_hash)
     join delivery_conflicts as conflict using (delivery_id, content_hash) where conflict.delivery_id = any($1)`,
    [keys.map(({ deliveryId }) => deliveryId), keys.map(({ contentHash }) => contentHash)],
  );
}
