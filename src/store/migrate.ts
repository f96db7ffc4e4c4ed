import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { ConnectionSettings } from "./connection.ts";
import { ServiceError } from "../domain/error.ts";
import { storeError } from "./store-error.ts";
import { MIGRATIONS } from "./migrations/index.ts";

/**
 * The role that all of our queries run as: it owns nothing, so row-level security binds it. Roles belong to the whole
 * server: where an administrator has made it and granted it to us, we need no right to do so. Its maker alone may not
 * take it on (since PostgreSQL 16), hence the grant.
 */
const APPLICATION_ROLE = `
  do $$ begin
    perform pg_advisory_xact_lock(hashtext('sluice_app'));
    if not exists (select from pg_roles where rolname = 'sluice_app') then
      begin
        create role sluice_app nologin nosuperuser nobypassrls;
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    if not pg_has_role(current_user, 'sluice_app',
      case when current_setting('server_version_num')::integer < 160000 then 'MEMBER' else 'SET' end) then
      grant sluice_app to current_user;
    end if;
  end $$`;

/**
 * Brings the database to the newest schema. Safe to call from any number of processes at once: they queue on a lock.
 * @returns names of the migrations that this call ran
 * @throws ServiceError STORE_UNAVAILABLE | INTERNAL, whose `message` names the right that is missing, or the newer schema
 */
export async function migrate(connection: ConnectionSettings): Promise<readonly string[]> {
  const pool = new pg.Pool({ ...connection, max: 2, connectionTimeoutMillis: 10_000 });
  pool.on("error", () => undefined); // a server that goes away ends idle clients; the next query reports it
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await pool.query(APPLICATION_ROLE);
    await refuseNewer(pool);
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
      migrationTableSchema: "sluice",
    });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    await ensureCursorKey(pool);
    return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
  } catch (reason) {
    throw storeError(reason);
  } finally {
    await db.destroy();
  }
}

/** A database that a newer version has migrated: this one does not know what its tables mean. */
async function refuseNewer(pool: pg.Pool): Promise<void> {
  const [found] = (await pool.query<{ held: string | null }>("select to_regclass('sluice.kysely_migration') as held"))
    .rows;
  if (typeof found?.held !== "string") return;
  const { rows } = await pool.query<{ name: string }>("select name from sluice.kysely_migration order by name");
  const unknown = rows.map(({ name }) => name).filter((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown.length === 0) return;
  throw new ServiceError("INTERNAL", "internal error", {
    detail: `a newer version of Sluice has migrated the database (${unknown.join(", ")}); start that version`,
  });
}

const REACH_MS = 30_000;
const RETRY_MS = 1_000;

/**
 * As `migrate`, for a service that may come up before its database does: tries for half a minute.
 * @throws ServiceError STORE_UNAVAILABLE
 */
export async function migrateWhenReachable(
  connection: ConnectionSettings,
  options: { readonly signal: AbortSignal; readonly onWait: (sentence: string) => void },
): Promise<void> {
  const deadlineMs = performance.now() + REACH_MS;
  for (;;) {
    try {
      await migrate(connection);
      return;
    } catch (reason) {
      const error = storeError(reason);
      if (error.code !== "STORE_UNAVAILABLE" || performance.now() > deadlineMs) throw error;
      options.onWait("the database is not available yet, trying again");
      await pause(RETRY_MS, undefined, { signal: options.signal });
    }
  }
}

/** One key for all replicas and for ever: a cursor handed out today is read back by another process next week. */
async function ensureCursorKey(pool: pg.Pool): Promise<void> {
  await pool.query("insert into sluice.instance_keys (name, value) values ('cursor', $1) on conflict do nothing", [
    randomBytes(32),
  ]);
}
