import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomUUID } from "node:crypto";
import pg from "pg";
import { startFailureSentence } from "../../../src/start-failure.ts";
import { migrate } from "../../../src/store/migrate.ts";
import { type TestDatabase, useDatabase } from "../../helpers/postgres.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await useDatabase();
});
afterAll(() => database.close());

const settings = { host: "127.0.0.1", port: 4000, dataDir: ".sluice", databaseUrl: "postgres://database" };

/** The service's message when it cannot start on the database; undefined when it can. */
async function refusalFor(user: string): Promise<string | undefined> {
  try {
    await migrate({ ...database.connection, user });
    return undefined;
  } catch (reason) {
    return startFailureSentence(reason, settings) ?? `without a sentence: ${String(reason)}`;
  }
}

/** A separate role for the duration of the test. */
async function useRole(rights: string): Promise<AsyncDisposable & { readonly name: string }> {
  const name = `role_${randomUUID().replaceAll("-", "")}`;
  await administer(`create role ${name} login ${rights}`);
  return {
    name,
    async [Symbol.asyncDispose]() {
      await administer(`drop owned by ${name} cascade`, `drop role ${name}`);
    },
  };
}

async function administer(...statements: string[]): Promise<void> {
  const client = new pg.Client(database.connection);
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe("migrations", () => {
  test("by several concurrent processes run once", async () => {
    const ran = await Promise.all(Array.from({ length: 6 }, () => migrate(database.connection)));
    expect(ran.flat()).toEqual([...new Set(ran.flat())]);
    expect(await migrate(database.connection)).toEqual([]);
  });

  test("name the right that the role lacks", async () => {
    await using role = await useRole("");
    expect(await refusalFor(role.name)).toMatch(/^the role of DATABASE_URL lacks a right: .*permission denied/);
  });

  test("need no right over roles where an administrator has granted the application role", async () => {
    await using role = await useRole("");
    await migrate(database.connection); // the role exists
    const { database: name } = database.connection;
    await administer(
      "drop schema sluice, sluice_past cascade",
      `grant create on database ${name} to ${role.name}`,
      `grant sluice_app, sluice_work to ${role.name}`,
    );
    expect(await refusalFor(role.name)).toBeUndefined();
  });

  test("do not change a database that a newer version has migrated (F15)", async () => {
    await administer("drop schema if exists sluice cascade");
    await migrate(database.connection);
    await administer("insert into sluice.kysely_migration (name, timestamp) values ('9999-later', '2030')");
    expect(await refusalFor(database.connection.user)).toBe(
      "a newer version of Sluice has migrated the database (9999-later); start that version",
    );
  });

  test("report that the server refuses the database", async () => {
    const missing = { ...database.connection, database: "nowhere" };
    const reason: unknown = await migrate(missing).catch((error: unknown) => error);
    expect(startFailureSentence(reason, settings)).toBe(
      'the server refuses DATABASE_URL: database "nowhere" does not exist',
    );
  });
});

test("a database that is migrated already is not looked through again", async () => {
  await using migrated = await useDatabase();
  await migrate(migrated.connection);
  const { query } = pg.Client.prototype;
  const texts: string[] = [];
  // The statements of every client, which are sent as before.
  pg.Client.prototype.query = function recorded(this: pg.Client, ...args: unknown[]) {
    const [statement] = args as [string | { readonly text: string }];
    texts.push(typeof statement === "string" ? statement : statement.text);
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    expect(await migrate(migrated.connection)).toEqual([]);
  } finally {
    pg.Client.prototype.query = query;
  }
  expect(texts).toContainEqual(expect.stringContaining("kysely_migration"));
  expect(texts.filter((text) => text.includes("pg_attribute"))).toEqual([]);
});
