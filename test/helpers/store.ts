import { createDatabase, type Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";

/** A separate migrated database. */
export interface TestStore extends AsyncDisposable {
  readonly connection: TestConnection;
  readonly db: Database;
}

export async function useStore(): Promise<TestStore> {
  const migrated = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const db = createDatabase({ connection: migrated.connection, max: 10 });
  return {
    connection: migrated.connection,
    db,
    async [Symbol.asyncDispose]() {
      await db.close();
      await migrated.close();
    },
  };
}
