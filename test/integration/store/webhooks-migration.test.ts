import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { migrate } from "../../../src/store/migrate.ts";
import { MIGRATIONS } from "../../../src/store/migrations/index.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";

/** A database of the version before, as a service's own role that is no superuser has made it. */
const role = `role_${randomUUID().replaceAll("-", "")}`;
let database: TestDatabase;
beforeAll(async () => {
  database = await useDatabase();
  await withClient(database.connection.user, async (client) => {
    await client.query(`create role ${role} login createrole`);
    await client.query(`grant create on database ${database.connection.database} to ${role}`);
  });
  await migrate(database.connection); // the application's role is there
  await withClient(database.connection.user, async (client) => {
    await client.query("drop schema sluice cascade");
    await client.query(`grant sluice_app to ${role}`);
  });
  await migrateBefore("0005-webhooks");
});
afterAll(async () => {
  await withClient(database.connection.user, async (client) => {
    await client.query(`drop owned by ${role} cascade`);
    await client.query(`drop role ${role}`);
  });
  await database.close();
});

async function withClient<T>(user: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...database.connection, user });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function migrateBefore(name: string): Promise<void> {
  const pool = new pg.Pool({ ...database.connection, user: role });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const earlier = Object.fromEntries(Object.entries(MIGRATIONS).filter(([one]) => one < name));
  const provider = { getMigrations: () => Promise.resolve(earlier) };
  const { error } = await new Migrator({ db, provider, migrationTableSchema: "sluice" }).migrateToLatest();
  await db.destroy();
  if (error !== undefined) throw error;
}

test("deliveries that were there keep their bodies, and say how large they are, of every tenant", async () => {
  const bodies = { acme: "x".repeat(100_000), umbrella: "ä" };
  await withClient(role, async (client) => {
    for (const [tenantId, body] of Object.entries(bodies)) {
      await client.query("select set_config('sluice.tenant', $1, false)", [tenantId]);
      await client.query(
        `insert into sluice.deliveries (tenant_id, id, source_id, delivery_key, body, content_hash, received_at, status, next_attempt_at)
         values ($1, 'dlv_1', 'main', 'evt_1', $2, '', now(), 'PENDING', now())`,
        [tenantId, Buffer.from(body)],
      );
    }
  });
  expect(await migrate({ ...database.connection, user: role })).toContain("0005-webhooks");
  for (const [tenantId, body] of Object.entries(bodies)) {
    const rows = await withClient(role, async (client) => {
      await client.query("select set_config('sluice.tenant', $1, false)", [tenantId]);
      const { rows: found } = await client.query(
        `select size, convert_from(body, 'UTF8') as body from sluice.deliveries
         join sluice.delivery_bodies bodies on bodies.delivery_id = id and bodies.received_at = deliveries.received_at`,
      );
      return found as unknown[];
    });
    expect(rows).toEqual([{ size: Buffer.byteLength(body), body }]);
  }
});
