import { expiringRows } from "../retention.ts";

/**
 * Changes of objects, which triggers of the objects' tables record (0025-entity-changes.ts). The oldest ones of an object
 * are deleted first, so what is left of its history has no gaps.
 */
export const changeRetention = expiringRows({
  table: "entity_changes",
  deleteFrom: "delete from entity_changes",
  key: { entity_id: "text", revision: "integer" },
  age: "changed_at",
  limit: 2_000,
});
