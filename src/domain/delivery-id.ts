import { hash } from "node:crypto";
import { OPERATION_ID_PREFIXES } from "./ids.ts";

/** A longer id is ignored; such deliveries are distinguished by their bytes. */
const MAX_KEY_CHARACTERS = 255;

/**
 * Returns the key that identifies duplicates of a source's delivery: the provider's id, or the body hash if there is
 * none.
 * @param contentHash SHA-256 of the body, hex
 */
export function deliveryKey(providerId: string | undefined, contentHash: string): string {
  // PostgreSQL text cannot store U+0000, which would reject every delivery of the same batch, nor half a surrogate
  // pair, which would become the same replacement character for all of them.
  const usable = providerId !== undefined && providerId.length <= MAX_KEY_CHARACTERS && isStorable(providerId);
  return usable ? providerId : `sha256:${contentHash}`;
}

function isStorable(text: string): boolean {
  return text !== "" && text.isWellFormed() && !text.includes("\0");
}

/** Returns the global id of a delivery. It is derived, so the primary key rejects duplicates permanently. */
export function deliveryId(tenantId: string, sourceId: string, key: string): string {
  const digest = hash("sha256", `${tenantId}\0${sourceId}\0${key}`, "buffer");
  return `${OPERATION_ID_PREFIXES.Delivery}_${digest.toString("base64url", 0, 16)}`;
}
