import { appendFile, chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { openEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import type { DatabaseAddress } from "../../src/protocols/postgres-cdc/database/connection.ts";
import { type InstalledPostgres, olderBinaries, useInstalledPostgres } from "./installed-postgres.ts";
import { useReadyDataDir } from "./ready-data-dir.ts";
import { queryWhenUp } from "./use-embedded.ts";

/** A PostgreSQL server of its own, whose changes a test follows. */
export interface CdcServer extends AsyncDisposable {
  /** Folder that ends with the server, in which a test may have files. */
  readonly folder: string;
  /** The server's data directory. */
  readonly pgData: string;
  readonly address: DatabaseAddress;
  /** Path of its socket, for a proxy. */
  readonly socketPath: string;
  /** Runs statements on a shared connection, one after the other; resolves with the rows of the last one. */
  sql(text: string): Promise<readonly Record<string, string | null>[]>;
  /** Kills the server as a power failure of its process would; resolves when it runs again. */
  crash(): Promise<void>;
  /** Opens a connection that the test closes. @param database Default: the one that is followed */
  connect(database?: string): Promise<pg.Client>;
}

type Settings = Readonly<Record<string, string>>;

const SETTINGS = { fsync: "off", max_replication_slots: "20", max_wal_senders: "20", max_prepared_transactions: "10" };

/** Folder with the programs of another PostgreSQL, by which the tests of changes run instead of the embedded one. */
const BINARIES_VARIABLE = "CDC_TEST_BINARIES";

/** Starts a server with logical replication; it ends with its scope. */
export async function useCdcServer(settings: Settings = {}): Promise<CdcServer> {
  const binaries = process.env[BINARIES_VARIABLE];
  return binaries === undefined ? useEmbeddedCdcServer(settings) : useInstalledCdcServer(binaries, settings);
}

/** Starts a server of PostgreSQL 15 with logical replication; the embedded one where that is not installed. */
export async function useOlderCdcServer(): Promise<CdcServer> {
  return olderBinaries === undefined ? useEmbeddedCdcServer() : useInstalledCdcServer(olderBinaries, {});
}

/** Starts an embedded server with logical replication; it ends with its scope. */
export async function useEmbeddedCdcServer(settings: Settings = {}): Promise<CdcServer> {
  const folder = await useReadyDataDir(false);
  return openEmbeddedCdcServer(folder, settings);
}

/** Starts an embedded server in a folder, which ends with the server's scope too. */
export async function openEmbeddedCdcServer(
  folder: { readonly path: string } & AsyncDisposable,
  settings: Settings,
): Promise<CdcServer> {
  const postgres = await openEmbeddedPostgres({ dataDir: folder.path, settings: { ...SETTINGS, ...settings } });
  const { connection } = postgres;
  const pgData = join(folder.path, "pg", "data");
  return cdcServer({
    connection,
    folder: folder.path,
    pgData,
    async crash() {
      const file = await readFile(join(pgData, "postmaster.pid"), "utf8");
      process.kill(Number(file.split("\n")[0]), "SIGKILL");
      await queryWhenUp(connection, "select 1"); // the process that has it open starts it again
    },
    async [Symbol.asyncDispose]() {
      await postgres.close();
      await folder[Symbol.asyncDispose]();
    },
  });
}

/**
 * Starts an embedded server that receives the log of another one through a physical slot of it; it ends with its scope.
 * Both begin as copies of the same cluster.
 */
export async function useStandby(primary: CdcServer, primarySlot: string): Promise<CdcServer> {
  const folder = await useReadyDataDir(false);
  const pgData = join(folder.path, "pg", "data");
  const signalFile = join(pgData, "standby.signal");
  await writeFile(signalFile, "");
  await chmod(signalFile, 0o666); // the server may run as another user
  const { host, port, user, database } = primary.address;
  // In the file of `alter system`, by which a test may end it: a setting on the command line cannot be changed.
  const conninfo = `host=${host} port=${port} user=${user} dbname=${database}`;
  await appendFile(join(pgData, "postgresql.auto.conf"), `primary_conninfo = '${conninfo}'\n`);
  return openEmbeddedCdcServer(folder, { primary_slot_name: primarySlot, hot_standby_feedback: "on" });
}

async function useInstalledCdcServer(binaries: string, settings: Settings): Promise<CdcServer> {
  return cdcServer(await useInstalledPostgres(binaries, { ...SETTINGS, ...settings }));
}

function cdcServer(postgres: InstalledPostgres): CdcServer {
  const { host, port, user, database } = postgres.connection;
  const connect = async (other = database): Promise<pg.Client> => {
    const client = new pg.Client({ host, port, user, database: other, ssl: false, types: TEXT_ONLY });
    client.on("error", () => undefined); // a test may end the server; the statements report it
    await client.connect();
    return client;
  };
  let shared: Promise<pg.Client> | undefined;
  return {
    folder: postgres.folder,
    pgData: postgres.pgData,
    address: { host, port, user, database, password: undefined, tls: undefined, createSocket: undefined },
    socketPath: `${host}/.s.PGSQL.${port}`,
    connect,
    async crash() {
      await postgres.crash();
      await (await shared)?.end().catch(() => undefined);
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
      await postgres[Symbol.asyncDispose]();
    },
  };
}

/** Values as PostgreSQL writes them, as the replication protocol sends them. */
export const TEXT_ONLY = { getTypeParser: () => (value: string) => value };
