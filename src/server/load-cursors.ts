import type { Cursors } from "../../resolvers/context.ts";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import { createCursors } from "./cursors.ts";

/**
 * Loads cursors with the key that all replicas share. The migration creates it.
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL when the database is not migrated
 */
export async function loadCursors(database: Database): Promise<Cursors> {
  const rows = await database.query<{ value: Uint8Array }>("select value from instance_keys where name = 'cursor'");
  const key = rows[0]?.value;
  if (key === undefined) throw new ServiceError("INTERNAL", "internal error", { detail: "instance key is missing" });
  return createCursors({ key });
}
