import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import type { DatabaseAddress } from "../../src/protocols/postgres-cdc/database/connection.ts";
import { useReadyDataDir } from "./ready-data-dir.ts";
import { queryWhenUp } from "./use-embedded.ts";

/** A PostgreSQL server of its own, whose changes a test follows. */
export interface CdcServer extends AsyncDisposable {
  /** Folder that `useEmbeddedChild` and the like open. */
  readonly dataDir: string;
  readonly address: DatabaseAddress;
  /** Path of its socket, for a proxy. */
  readonly socketPath: string;
  /** Runs statements on a shared connection, one after the other; resolves with the rows of the last one. */
  sql(text: string): Promise<readonly Record<string, string | null>[]>;
  /** Kills the server as a power failure of its process would; resolves when it runs again. */
  crash(): Promise<void>;
  /** Opens a connection that the test closes. */
  connect(): Promise<pg.Client>;
}

const SETTINGS = { fsync: "off", max_replication_slots: "20", max_wal_senders: "20", max_prepared_transactions: "10" };

/** Starts a server with logical replication; it ends with its scope. */
export async function useCdcServer(settings: Readonly<Record<string, string>> = {}): Promise<CdcServer> {
  const folder = await useReadyDataDir(false);
  const postgres = await openEmbeddedPostgres({ dataDir: folder.path, settings: { ...SETTINGS, ...settings } });
  const { host, port, user, database } = postgres.connection;
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ host, port, user, database, ssl: false, types: TEXT_ONLY });
    client.on("error", () => undefined); // a test may end the server; the statements report it
    await client.connect();
    return client;
  };
  let shared: Promise<pg.Client> | undefined;
  return {
    dataDir: folder.path,
    address: { host, port, user, database, password: undefined, tls: undefined, createSocket: undefined },
    socketPath: `${host}/.s.PGSQL.${port}`,
    connect,
    async crash() {
      const file = await readFile(join(folder.path, "pg", "data", "postmaster.pid"), "utf8");
      process.kill(Number(file.split("\n")[0]), "SIGKILL");
      await (await shared)?.end().catch(() => undefined);
      await queryWhenUp(postgres.connection, "select 1");
      shared = undefined;
    },
    async sql(text) {
      const client = await (shared ??= connect());
      const result: unknown = await client.query(text);
      const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult<Record<string, string | null>>; // as `pg` documents it
      return last.rows;
    },
    async [Symbol.asyncDispose]() {
      await (await shared)?.end().catch(() => undefined);
      await postgres.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Values as PostgreSQL writes them, as the replication protocol sends them. */
export const TEXT_ONLY = { getTypeParser: () => (value: string) => value };
