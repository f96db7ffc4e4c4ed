import pg from "pg";
import type { ConnectionSettings } from "./connection.ts";
import { storeError } from "./store-error.ts";

const TIMEOUT_MS = 60_000;

/**
 * Has the planner look at the tables. PostgreSQL does so by itself within a minute or so, but a minute of plans for
 * empty tables is what a newcomer sees after the first sync. Needs the owner: our own role may not.
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
    await client.end().catch(() => undefined); // gone already
  }
}
