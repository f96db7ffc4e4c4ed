import { FILE } from "../../domain/lifecycles.ts";
import { isNotReferenced } from "../../store/entities/raw-references.ts";
import { expiringRows } from "../../store/retention.ts";
import { after } from "../../store/status-sql.ts";

/**
 * Files, with their bytes, of which no statement, other object or quarantined record came: their statements are now
 * taken from other files, or there was none. Each transaction that uses a file again sets `next_attempt_at`.
 */
export const fileRetention = expiringRows({
  table: "files",
  deleteFrom: "delete from files",
  key: { id: "text" },
  age: "next_attempt_at",
  condition: `stored.status in (${after(FILE, "store")}, ${after(FILE, "refuse")})`,
  isUnneeded: `
    not exists (select 1 from statement_parts where statement_parts.file_id = stored.id offset 0)
    and ${isNotReferenced("stored.source_id", "stored.content_hash")}`,
  dependents: {
    file_chunks: "delete from file_chunks where file_id = any(array(select id from expired))",
  },
  limit: 20, // each may have hundreds of chunks
});
