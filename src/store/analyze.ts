import pg from "pg";
import type { ConnectionSettings } from "./connection.ts";
import { storeError } from "./store-error.ts";

const TIMEOUT_MS = 60_000;

/**
 * Updates the planner's statistics of the tables. PostgreSQL does so by itself within about a minute, but until then a
 * new user would get plans for empty tables after the first sync. Must run as the owner: our own role has no
 * permission.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function analyze(connection: ConnectionSettings): Promise<void> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5_000, query_timeout: TIMEOUT_MS });
  client.on("error", () => undefined); // the query in flight rejects with it
  try {
    await client.connect();
    await client.query(
      `do $$ declare name text; begin
         for name in select tablename from pg_tables where schemaname = 'sluice' loop
           execute format('analyze sluice.%I', name);
         end loop;
       end $$`,
    );
  } catch (reason) {
    throw storeError(reason);
  } finally {
    await client.end().catch(() => undefined); // already closed
  }
}
