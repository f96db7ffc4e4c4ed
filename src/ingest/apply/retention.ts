import { isNotReferenced } from "../../store/entities/raw-references.ts";
import { type ExpiringRows, expiringRows } from "../../store/retention.ts";

/** Closed findings. */
export const findingRetention = expiringRows({
  table: "findings",
  deleteFrom: "delete from findings",
  key: { id: "text" },
  age: "closed_at",
});

/** Resolved records. */
export const quarantineRetention = expiringRows({
  table: "quarantined_records",
  deleteFrom: "delete from quarantined_records",
  key: { id: "text" },
  age: "resolved_at",
});

/**
 * Raw bytes from which no object and no quarantined record was read. A transaction that is about to refer to bytes that
 * are stored already updates `referenced_at` first, so it either keeps them or stores them again.
 */
export const EXPIRING_PAYLOADS: ExpiringRows & { readonly isUnneeded: string } = {
  table: "raw_payloads",
  deleteFrom: "delete from raw_payloads",
  key: { source_id: "text", content_hash: "text" },
  age: "referenced_at",
  isUnneeded: isNotReferenced("stored.source_id", "stored.content_hash"),
};

export const payloadRetention = expiringRows(EXPIRING_PAYLOADS);
