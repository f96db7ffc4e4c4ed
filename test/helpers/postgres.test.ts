import { describe, expect, test } from "@jest/globals";
import { access } from "node:fs/promises";
import pg from "pg";
import type { TestConnection } from "./postgres.ts";
import { useDatabase } from "./postgres.ts";
import { createServerFolder, removeServerFolder, TEST_SERVER_VARIABLE } from "./test-server.ts";
import { queryOnce } from "./use-embedded.ts";

let migrations = 0;

async function migrate(connection: TestConnection): Promise<void> {
  migrations += 1;
  await queryOnce(connection, "create table migrated (n int)");
}

/** A run as the global setup starts it, separate from the one of this test itself. */
async function useRun(folder: string | undefined): Promise<AsyncDisposable> {
  const before = process.env[TEST_SERVER_VARIABLE];
  setVariable(folder);
  return {
    [Symbol.asyncDispose]: async () => {
      setVariable(before);
      if (folder !== undefined) await removeServerFolder(folder);
    },
  };
}

function setVariable(value: string | undefined): void {
  if (value === undefined) delete process.env[TEST_SERVER_VARIABLE];
  else process.env[TEST_SERVER_VARIABLE] = value;
}

describe("useDatabase", () => {
  test("gives each caller a database of its own, from a template that is migrated once", async () => {
    await using _run = await useRun(await createServerFolder());
    await using one = await useDatabase({ template: migrate });
    await using other = await useDatabase({ template: migrate });
    expect(migrations).toBe(1);
    await queryOnce(one.connection, "insert into migrated values (1)");
    expect(await queryOnce(other.connection, "select n from migrated")).toEqual([]);
    expect(other.connection.host).toBe(one.connection.host);
  });

  test("a failed migration leaves no template, and the next caller migrates again", async () => {
    await using _run = await useRun(await createServerFolder());
    let attempts = 0;
    const template = async (connection: TestConnection): Promise<void> => {
      attempts += 1;
      await queryOnce(connection, "create table half (n int)");
      if (attempts === 1) throw new Error("migration failed");
    };
    await expect(useDatabase({ template })).rejects.toThrow("migration failed");
    await using database = await useDatabase({ template });
    expect(await queryOnce(database.connection, "select n from half")).toEqual([]);
  });

  test("close drops the database although it is in use", async () => {
    await using _run = await useRun(await createServerFolder());
    await using other = await useDatabase();
    const database = await useDatabase();
    const client = new pg.Client({ ...database.connection, ssl: false });
    const cut = new Promise<void>((resolve) => client.once("end", resolve));
    client.on("error", () => undefined); // the truncation is what is tested
    await client.connect();
    await database.close();
    await cut;
    const names = await queryOnce(other.connection, "select datname from pg_database where datname like 'test_%'");
    expect(names).toEqual([{ datname: other.connection.database }]);
  });

  test("works without the global setup, and leaves no server running", async () => {
    await using _run = await useRun(undefined);
    const database = await useDatabase();
    expect(await queryOnce(database.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    await database.close();
    await expect(access(`${database.connection.host}/.s.PGSQL.5432`)).rejects.toThrow("ENOENT");
  });
});
