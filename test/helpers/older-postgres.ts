import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { chooseServerUser } from "../../src/store/embedded/server-user.ts";
import type { DatabaseAddress } from "../../src/protocols/postgres-cdc/database/connection.ts";
import { TEXT_ONLY } from "./cdc-server.ts";
import { databaseFolder } from "./database-folder.ts";
import { queryWhenUp } from "./use-embedded.ts";

const run = promisify(execFile);

/** Where Debian installs PostgreSQL 15. */
const BINARIES = "/usr/lib/postgresql/15/bin";
const PORT = 5432; // names the socket only
const ENVIRONMENT = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/** A server that ends with its scope. */
export interface OlderPostgres extends AsyncDisposable {
  readonly address: DatabaseAddress;
  /** Path of its socket, for a proxy. */
  readonly socketPath: string;
  /** Runs statements on a connection of their own; resolves with the rows of the last one, with values as text. */
  sql(text: string): Promise<readonly Record<string, string | null>[]>;
}

/** True if this machine has the programs of PostgreSQL 15. */
export const hasOlderPostgres = existsSync(join(BINARIES, "postgres"));

/** Starts a PostgreSQL 15 of its own on a unix socket. */
export async function useOlderPostgres(settings: readonly string[]): Promise<OlderPostgres> {
  const folder = await mkdtemp(join(await databaseFolder(), "sluice-older-"));
  const user = await chooseServerUser(join(folder, "data"));
  await chmod(folder, 0o755);
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const options = { ...user, env: ENVIRONMENT, cwd: "/" };
  const data = join(folder, "data");
  await run(
    join(BINARIES, "initdb"),
    ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"],
    options,
  );
  const given = ["listen_addresses=", `unix_socket_directories=${folder}`, `port=${PORT}`, "fsync=off", ...settings];
  const server = spawn(join(BINARIES, "postgres"), ["-D", data, ...given.flatMap((setting) => ["-c", setting])], {
    ...options,
    stdio: "ignore",
  });
  const exited = once(server, "exit");
  const connection = { host: folder, port: PORT, user: "postgres", database: "postgres" };
  await queryWhenUp(connection, "select 1");
  return {
    address: { ...connection, password: undefined, tls: undefined, createSocket: undefined },
    socketPath: `${folder}/.s.PGSQL.${PORT}`,
    async sql(text) {
      const client = new pg.Client({ ...connection, ssl: false, types: TEXT_ONLY });
      await client.connect();
      try {
        const result: unknown = await client.query(text);
        const last = (Array.isArray(result) ? result.at(-1) : result) as pg.QueryResult<Record<string, string | null>>; // as `pg` documents it
        return last.rows;
      } finally {
        await client.end();
      }
    },
    async [Symbol.asyncDispose]() {
      server.kill("SIGINT");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
