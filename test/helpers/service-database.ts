import pg from "pg";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";

/** A query on a service's database as its owner, without tenant isolation. */
export type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>;

/** Queries the embedded database of a data folder, whether or not its service runs. */
export async function withQuery<T>(dataDir: string, use: (query: Query) => Promise<T>): Promise<T> {
  const postgres = await openEmbeddedPostgres({ dataDir });
  const client = new pg.Client(postgres.connection);
  try {
    await client.connect();
    return await use(async (sql) => (await client.query<Record<string, unknown>>(sql)).rows);
  } finally {
    await client.end();
    await postgres.close();
  }
}
