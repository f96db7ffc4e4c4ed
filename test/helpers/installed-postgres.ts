import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { settingArguments } from "../../src/store/embedded/settings.ts";
import { chooseServerUser } from "../../src/store/embedded/server-user.ts";
import { databaseFolder } from "./database-folder.ts";
import { queryOnce, queryWhenUp } from "./use-embedded.ts";

const run = promisify(execFile);

/** Where Debian installs PostgreSQL 15. */
const OLDER_BINARIES = "/usr/lib/postgresql/15/bin";
const PORT = 5432; // names the socket only
const DATABASE = "sluice"; // as the embedded server's
const ENVIRONMENT = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/** Programs of PostgreSQL 15; undefined: this machine does not have them. */
export const olderBinaries: string | undefined = existsSync(join(OLDER_BINARIES, "postgres"))
  ? OLDER_BINARIES
  : undefined;

export interface InstalledPostgres extends AsyncDisposable {
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** Folder that ends with the server. */
  readonly folder: string;
  /** The server's data directory. */
  readonly pgData: string;
  /** Kills the server as a power failure of its process would; resolves when it runs again. */
  crash(): Promise<void>;
}

/** Starts a server of its own with programs that are installed on this machine, on a unix socket; it ends with its scope. */
export async function useInstalledPostgres(
  binaries: string,
  settings: Readonly<Record<string, string>>,
): Promise<InstalledPostgres> {
  const folder = await mkdtemp(join(await databaseFolder(), "sluice-installed-"));
  const pgData = join(folder, "data");
  const user = await chooseServerUser(pgData);
  await chmod(folder, 0o755);
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const options = { ...user, env: ENVIRONMENT, cwd: "/" };
  const cluster = ["-D", pgData, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"];
  await run(join(binaries, "initdb"), cluster, options);
  const all = { listen_addresses: "", unix_socket_directories: folder, port: String(PORT), wal_level: "logical" };
  const given = ["-D", pgData, ...settingArguments({ ...all, ...settings })];
  const connection = { host: folder, port: PORT, user: "postgres", database: DATABASE };
  const admin = { ...connection, database: "postgres" };
  const start = async (): Promise<ChildProcess> => {
    const server = spawn(join(binaries, "postgres"), given, { ...options, stdio: "ignore" });
    const exited = once(server, "exit").then(() => "exited" as const);
    if ((await Promise.race([exited, queryWhenUp(admin, "select 1")])) !== "exited") return server;
    return start(); // processes of a server that was killed still use its memory
  };
  let server = await start();
  await queryOnce(admin, `create database ${DATABASE}`);
  const end = async (signal: "SIGINT" | "SIGKILL"): Promise<void> => {
    const exited = once(server, "exit");
    server.kill(signal);
    await exited;
  };
  return {
    connection,
    folder,
    pgData,
    async crash() {
      await end("SIGKILL");
      server = await start();
    },
    async [Symbol.asyncDispose]() {
      await end("SIGINT");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
