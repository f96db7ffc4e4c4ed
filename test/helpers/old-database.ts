import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { migrate } from "../../src/store/migrate.ts";
import { MIGRATIONS } from "../../src/store/migrations/index.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";

/**
 * A database of an earlier version. It belongs to a role that is not a superuser, so that row-level security applies to
 * it too.
 */
export interface OldDatabase extends AsyncDisposable {
  /** Connects as that role. */
  readonly connection: TestConnection;
  /** Runs one statement as a tenant. */
  queryAs<Row extends pg.QueryResultRow>(
    tenantId: string,
    text: string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>;
  /** Runs one statement as a superuser, who sees the rows of all tenants. */
  queryAll<Row extends pg.QueryResultRow>(text: string): Promise<readonly Row[]>;
  /** Migrates it to the newest schema. @returns the names of the migrations that ran */
  migrate(): Promise<readonly string[]>;
}

/** @param before the first migration that has not run yet */
export async function useOldDatabase(before: string): Promise<OldDatabase> {
  // Migrated, because the migrations of a role that is not a superuser need the roles of the application.
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const role = `role_${randomUUID().replaceAll("-", "")}`;
  const withClient = async <T>(user: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ ...database.connection, user });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };
  const connection = { ...database.connection, user: role };
  const queryAll = <Row extends pg.QueryResultRow>(text: string): Promise<readonly Row[]> =>
    withClient(database.connection.user, async (client) => (await client.query<Row>(text)).rows);
  await queryAll(`create role ${role} login createrole`);
  await queryAll(`grant create on database ${connection.database} to ${role}`);
  await queryAll("drop schema sluice, sluice_past cascade");
  await queryAll(`grant sluice_app, sluice_work to ${role} with inherit false, set true`);
  await migrateUntil(new pg.Pool(connection), before);
  return {
    connection,
    queryAll,
    queryAs: (tenantId, text, values = []) =>
      withClient(role, async (client) => {
        await client.query("select set_config('sluice.tenant', $1, false)", [tenantId]);
        return (await client.query(text, [...values])).rows;
      }),
    migrate: () => migrate(connection),
    async [Symbol.asyncDispose]() {
      await queryAll(`drop owned by ${role} cascade`);
      await queryAll(`drop role ${role}`);
      await database.close();
    },
  };
}

async function migrateUntil(pool: pg.Pool, before: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const earlier = Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name < before));
  const provider = { getMigrations: () => Promise.resolve(earlier) };
  const { error } = await new Migrator({ db, provider, migrationTableSchema: "sluice" }).migrateToLatest();
  await db.destroy();
  if (error !== undefined) throw error;
}
