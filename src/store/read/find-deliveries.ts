import type { EntityType } from "../../domain/ids.ts";
import type { Transaction } from "../database.ts";
import type { VerificationRow } from "./operation-rows.ts";

/** One try to apply a delivery. */
export interface DeliveryAttemptRow {
  readonly number: number;
  readonly at: string;
  readonly outcome: "APPLIED" | "RETRY" | "PARKED";
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly nextAttemptAt: string | null;
}

/** One thing that a delivery did, as the inbox writes it down. */
export interface DeliveryEffectRow {
  readonly kind: "CREATED" | "UPDATED" | "DELETED" | "REFETCH" | "READ" | "QUARANTINED";
  readonly entityType?: EntityType | null;
  readonly id?: string | null;
  readonly stream?: string | null;
}

/** Another body under the id of a delivery, without the body. */
export interface DeliveryConflictRow {
  readonly deliveryId: string;
  readonly contentHash: string;
  readonly verification: VerificationRow | null;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly occurrences: bigint;
}

/** Names one of them. */
export type ConflictKey = Pick<DeliveryConflictRow, "deliveryId" | "contentHash">;

/** The latest tries of deliveries, at most `limit` of each, the oldest first within each. */
export function findAttempts(
  tx: Transaction,
  deliveryIds: readonly string[],
  limit: number,
): Promise<(DeliveryAttemptRow & { readonly deliveryId: string })[]> {
  return tx.query(
    `select wanted.id as "deliveryId", latest.number, latest.at, latest.outcome, latest.error_code as "errorCode",
       latest.error_message as "errorMessage", latest.next_attempt_at as "nextAttemptAt"
     from unnest($1::text[]) as wanted (id) cross join lateral (
       select * from delivery_attempts where delivery_id = wanted.id order by number desc limit $2) as latest
     order by wanted.id, latest.number`,
    [deliveryIds, limit],
  );
}

/** What deliveries did, in no order; those that did nothing are left out. */
export function findEffects(
  tx: Transaction,
  deliveryIds: readonly string[],
): Promise<{ readonly deliveryId: string; readonly effects: readonly DeliveryEffectRow[] }[]> {
  return tx.query(`select id as "deliveryId", effects from deliveries where id = any($1) and effects is not null`, [
    deliveryIds,
  ]);
}

/** Other bodies that came under the ids of deliveries, the first that came first within each. */
export function findConflicts(tx: Transaction, deliveryIds: readonly string[]): Promise<DeliveryConflictRow[]> {
  return tx.query(
    `select delivery_id as "deliveryId", content_hash as "contentHash", verification, first_at as "firstAt",
       last_at as "lastAt", occurrences
     from delivery_conflicts where delivery_id = any($1) order by delivery_id, first_at, content_hash`,
    [deliveryIds],
  );
}

/** Their bodies, in no order; those that are gone are left out. */
export function findConflictBodies(
  tx: Transaction,
  keys: readonly ConflictKey[],
): Promise<(ConflictKey & { readonly body: Uint8Array })[]> {
  return tx.query(
    `select delivery_id as "deliveryId", content_hash as "contentHash", held.body
     from unnest($1::text[], $2::text[]) as wanted (delivery_id, content_hash)
     join delivery_conflicts as held using (delivery_id, content_hash) where held.delivery_id = any($1)`,
    [keys.map(({ deliveryId }) => deliveryId), keys.map(({ contentHash }) => contentHash)],
  );
}
