import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ConnectionSettings } from "./connection.ts";
import { ServiceError } from "../domain/error.ts";
import { storeError } from "./store-error.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { APPLICATION_ROLE, WORK_ROLE } from "./roles.ts";

/**
 * Creates a role that our queries run as. Roles belong to the whole server: if an administrator has created it and
 * granted it to us, we need no permission to do so. Creating a role does not allow switching to it (since PostgreSQL
 * 16), hence the grant: without inheritance, so that the rights of a role hold only while we have switched to it.
 */
const createRole = (role: string): string => `
  do $$ begin
    perform pg_advisory_xact_lock(hashtext('${role}'));
    if not exists (select from pg_roles where rolname = '${role}') then
      begin
        create role ${role} nologin nosuperuser nobypassrls;
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if not pg_has_role(current_user, '${role}',
      case when current_setting('server_version_num')::integer < 160000 then 'MEMBER' else 'SET' end) then
      if current_setting('server_version_num')::integer < 160000 then
        grant ${role} to current_user;
      else
        execute 'grant ${role} to current_user with inherit false, set true';
      end if;
    end if;
  end $$`;

/**
 * Migrates the database to the newest schema. Safe to call from any number of processes at once: they queue on a lock.
 * @returns names of the migrations that this call ran
 * @throws ServiceError STORE_UNAVAILABLE | CONFLICT: a newer version has migrated it | INTERNAL, whose `message` names
 * the missing permission
 */
export async function migrate(connection: ConnectionSettings): Promise<readonly string[]> {
  const pool = new pg.Pool({ ...connection, max: 2, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => undefined); // a server that stops ends idle clients; the next query reports it
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    for (const role of [APPLICATION_ROLE, WORK_ROLE]) await pool.query(createRole(role));
    const names = await findMigrations(pool);
    refuseNewer(names);
    // The migrator looks at every column of the database, even when it has nothing to do.
    const ran = names.length === Object.keys(MIGRATIONS).length ? [] : await runMigrations(db);
    await validateConstraints(pool);
    await ensureInstanceKeys(pool);
    return ran;
  } catch (reason) {
    throw storeError(reason);
  } finally {
    await db.destroy();
  }
}

/** Returns the names of the migrations that have run, in order. */
async function findMigrations(pool: pg.Pool): Promise<readonly string[]> {
  const [found] = (
    await pool.query<{ existing: string | null }>("select to_regclass('sluice.kysely_migration') as existing")
  ).rows;
  if (typeof found?.existing !== "string") return [];
  const { rows } = await pool.query<{ name: string }>("select name from sluice.kysely_migration order by name");
  return rows.map(({ name }) => name);
}

/** Rejects a database that a newer version has migrated: this version does not know the meaning of its tables. */
function refuseNewer(names: readonly string[]): void {
  const unknown = names.filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length === 0) return;
  throw new ServiceError("CONFLICT", "a newer version has migrated the database", {
    detail: `a newer version of Sluice has migrated the database (${unknown.join(", ")}); start that version`,
  });
}

/** @returns names of the migrations that this call ran */
async function runMigrations(db: Kysely<unknown>): Promise<readonly string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
    migrationTableSchema: "sluice",
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
}

const REACH_MS = 30_000;
const RETRY_MS = 1_000;

/**
 * Like `migrate`, for a service that may start before its database does: retries for half a minute.
 * @throws ServiceError as `migrate`
 */
export async function migrateWhenReachable(
  connection: ConnectionSettings,
  options: { readonly signal: AbortSignal; readonly onWait: (sentence: string) => void },
): Promise<readonly string[]> {
  const deadlineMs = performance.now() + REACH_MS;
  for (;;) {
    try {
      return await migrate(connection);
    } catch (reason) {
      const error = storeError(reason);
      if (error.code !== "STORE_UNAVAILABLE" || performance.now() > deadlineMs) throw error;
      options.signal.throwIfAborted();
      options.onWait("the database is not available yet, trying again");
      await pause(RETRY_MS, undefined, { signal: options.signal });
    }
  }
}

/**
 * Validates constraints that a migration added as not valid: each in a transaction of its own, so that a large table can
 * be read and written meanwhile.
 */
async function validateConstraints(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ statement: string }>(
    `select format('alter table %s validate constraint %I', conrelid::regclass, conname) as statement
     from pg_constraint where connamespace = 'sluice'::regnamespace and not convalidated order by conrelid, conname`,
  );
  for (const { statement } of rows) await pool.query(statement);
}

/**
 * Permanent keys, the same for all replicas: a cursor issued today may be read by another process next week, and the
 * account of a connected source is found by its hash.
 */
async function ensureInstanceKeys(pool: pg.Pool): Promise<void> {
  for (const name of ["cursor", "account"]) {
    await pool.query("insert into sluice.instance_keys (name, value) values ($1, $2) on conflict do nothing", [
      name,
      randomBytes(32),
    ]);
  }
}
