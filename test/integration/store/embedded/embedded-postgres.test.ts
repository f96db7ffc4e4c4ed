import { describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { eventually, WAIT_LIMIT_MS } from "../../../helpers/eventually.ts";
import { useReadyDataDir } from "../../../helpers/ready-data-dir.ts";
import {
  queryOnce,
  queryWhenUp,
  startEmbeddedChild,
  useDataDir,
  useEmbeddedChild,
} from "../../../helpers/use-embedded.ts";
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from "../../../../src/store/embedded/embedded-postgres.ts";
import { openEmbeddedPostgres } from "../../../../src/store/embedded/embedded-postgres.ts";
import { isPostmasterOf, readPostmasterFile } from "../../../../src/store/embedded/postmaster.ts";

/** For a first start in a test that is not about its durability: half of initdb is waiting for the disk. */
const WITHOUT_SYNC = { fsync: "off" };

async function useEmbedded(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres & AsyncDisposable> {
  const postgres = await openEmbeddedPostgres(options);
  return { ...postgres, [Symbol.asyncDispose]: () => postgres.close() };
}

async function serverPid(dataDir: string): Promise<number> {
  const file = await readPostmasterFile(join(dataDir, "pg", "data"));
  if (file === undefined) throw new Error(`no server runs in ${dataDir}`);
  return file.pid;
}

async function isServerAlive(dataDir: string, pid: number): Promise<boolean> {
  return await isPostmasterOf(pid, await realpath(join(dataDir, "pg", "data")));
}

function pidFileOf(dataDir: string): string {
  return join(dataDir, "pg", "data", "postmaster.pid");
}

/** A process of the server's account that is not a server. */
async function useBystander(): Promise<{ readonly pid: number } & AsyncDisposable> {
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn("/bin/sleep", ["600"], { ...user, cwd: "/", stdio: "ignore" });
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

async function useClient(connection: EmbeddedPostgres["connection"]): Promise<pg.Client & AsyncDisposable> {
  const client = new pg.Client({ ...connection, ssl: false });
  client.on("error", () => undefined); // the end of the server closes it; a query would report it
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** Resolves when initdb has started to write. */
async function untilBuilding(dataDir: string): Promise<void> {
  const until = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const names = await readdir(join(dataDir, "pg")).catch(() => []);
    const building = names.find((name) => name.startsWith("data.new"));
    if (building !== undefined) {
      const written = await readdir(join(dataDir, "pg", building)).catch(() => []);
      if (written.length > 0) return;
    }
    if (performance.now() > until) throw new Error("initdb did not begin");
    await sleep(1);
  }
}

/** Kills a server that is not a child of a living process of ours, and waits until it has ended. */
async function killServer(dataDir: string): Promise<number> {
  const pid = await serverPid(dataDir);
  process.kill(pid, "SIGKILL");
  const until = performance.now() + WAIT_LIMIT_MS;
  while (await isServerAlive(dataDir, pid)) {
    if (performance.now() > until) throw new Error(`server ${pid} survived SIGKILL`);
    await sleep(5);
  }
  return pid;
}

describe("the first start of the embedded PostgreSQL", () => {
  test("creates the cluster, listens only on a socket in the folder, and is stopped by close; a second open has the committed data", async () => {
    await using dir = await useDataDir();
    const postgres = await openEmbeddedPostgres({ dataDir: dir.path });
    expect(postgres.reused).toBe(false);
    expect(postgres.version).toMatch(/^18\./);
    expect(postgres.connection).toEqual({
      host: join(await realpath(dir.path), "pg", "run"),
      port: 5432,
      user: "postgres",
      database: "sluice",
    });
    const settings = await queryOnce(
      postgres.connection,
      "select name, setting from pg_settings where name in ('wal_level','fsync','listen_addresses','server_encoding','data_checksums') order by name",
    );
    expect(settings).toEqual([
      { name: "data_checksums", setting: "on" },
      { name: "fsync", setting: "on" },
      { name: "listen_addresses", setting: "" },
      { name: "server_encoding", setting: "UTF8" },
      { name: "wal_level", setting: "logical" },
    ]);
    const pid = await serverPid(dir.path);
    expect(await isServerAlive(dir.path, pid)).toBe(true);
    await queryOnce(postgres.connection, "create table kept as select 42 as answer");
    await Promise.all([postgres.close(), postgres.close()]);
    expect(await isServerAlive(dir.path, pid)).toBe(false);
    expect(await readdir(join(dir.path, "pg", "run"))).toEqual([]);
    await using second = await useEmbedded({ dataDir: dir.path });
    expect(second.reused).toBe(false);
    expect(await queryOnce(second.connection, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  test("leaves no files when it is aborted half way, and the next open works", async () => {
    await using dir = await useDataDir();
    const aborting = new AbortController();
    const opening = openEmbeddedPostgres({ dataDir: dir.path, signal: aborting.signal });
    await untilBuilding(dir.path);
    aborting.abort(new Error("shutting down"));
    await expect(opening).rejects.toThrow("shutting down");
    expect((await readdir(join(dir.path, "pg"))).toSorted()).toEqual(["lock"]);
    await using postgres = await useEmbedded({ dataDir: dir.path, settings: WITHOUT_SYNC });
    expect(await queryOnce(postgres.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

describe("several users of one data folder", () => {
  test("a second process shares the running server, and the last one to close stops it", async () => {
    await using dir = await useReadyDataDir();
    const ours = await openEmbeddedPostgres({ dataDir: dir.path });
    const pid = await serverPid(dir.path);
    await using child = await useEmbeddedChild(dir.path);
    expect(child.reused).toBe(true);
    expect(child.connection).toEqual(ours.connection);
    await ours.close();
    expect(await queryOnce(child.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(await serverPid(dir.path)).toBe(pid);
    expect(await child.finish()).toBe(0);
    expect(await isServerAlive(dir.path, pid)).toBe(false);
  });

  test("two processes that start at once in a new folder create one cluster and share it", async () => {
    await using dir = await useDataDir();
    const [one, other] = await Promise.all([useEmbeddedChild(dir.path), useEmbeddedChild(dir.path)]);
    await using first = one;
    await using second = other;
    expect(first.reused).toBe(!second.reused);
    await queryOnce(first.connection, "create table shared as select 1 as n");
    expect(await queryOnce(second.connection, "select n from shared")).toEqual([{ n: 1 }]);
    expect(await Promise.all([first.finish(), second.finish()])).toEqual([0, 0]);
  });

  test("after ten concurrent opens and closes in one process, no server is running", async () => {
    await using dir = await useReadyDataDir();
    const handles = await Promise.all(Array.from({ length: 10 }, () => openEmbeddedPostgres({ dataDir: dir.path })));
    expect(handles.filter(({ reused }) => !reused)).toHaveLength(1);
    const pid = await serverPid(dir.path);
    await Promise.all(handles.map((handle) => handle.close()));
    expect(await isServerAlive(dir.path, pid)).toBe(false);
  });

  test("keepRunning leaves the server running for the next process", async () => {
    await using dir = await useReadyDataDir();
    const first = await openEmbeddedPostgres({ dataDir: dir.path, keepRunning: true });
    await first.close();
    await using second = await useEmbedded({ dataDir: dir.path });
    expect(second.reused).toBe(true);
  });

  test("Ctrl-C in the terminal of the process that started the server does not reach the server", async () => {
    await using dir = await useReadyDataDir();
    await using child = await useEmbeddedChild(dir.path);
    await using client = await useClient(child.connection);
    await child.interrupt();
    // A fast shutdown, which the signal requests, would close this connection.
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    expect(await readFile(join(dir.path, "pg", "server.log"), "utf8")).not.toMatch(/shutdown request/);
    expect(await child.finish()).toBe(0);
  });
});

describe("after kill -9", () => {
  test("of the server, repeatedly: it is restarted automatically, and no committed data is lost (F7)", async () => {
    await using dir = await useReadyDataDir();
    const lines: string[] = [];
    await using postgres = await useEmbedded({ dataDir: dir.path, onLog: (line) => lines.push(line) });
    await queryOnce(postgres.connection, "create table kept as select generate_series(1, 1000) as n");
    const pids = new Set<number>();
    const restarts = () => lines.filter((line) => line.includes("was started again")).length;
    for (let n = 1_001; n <= 1_003; n += 1) {
      // A server that is killed before the process has attached to it is the same loss, not one more.
      await eventually("the process to be attached to the server", () => restarts() === n - 1_001);
      await queryWhenUp(postgres.connection, `insert into kept values (${n})`);
      pids.add(await killServer(dir.path));
    }
    const counted = await queryWhenUp(
      postgres.connection,
      "select count(distinct n)::int as n, max(n) as last from kept",
    );
    expect(counted).toEqual([{ n: 1_003, last: 1_003 }]);
    pids.add(await serverPid(dir.path));
    expect(pids.size).toBe(4);
    expect(lines.filter((line) => line.includes("has stopped, starting it again"))).toHaveLength(3);
  });

  test("of a server that two processes share: one restarts it, and both continue (F7)", async () => {
    await using dir = await useReadyDataDir();
    await using postgres = await useEmbedded({ dataDir: dir.path });
    await using child = await useEmbeddedChild(dir.path);
    await killServer(dir.path);
    expect(await queryWhenUp(postgres.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    const keepers = "select count(*)::int as n from pg_stat_activity where application_name = 'sluice-keeper'";
    const until = performance.now() + WAIT_LIMIT_MS;
    while (JSON.stringify(await queryWhenUp(postgres.connection, keepers)) !== '[{"n":2}]') {
      if (performance.now() > until) throw new Error("the other process did not come back");
      await sleep(20);
    }
    expect(await child.finish()).toBe(0);
    expect(await queryOnce(postgres.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("of our process: the server keeps running and is reused", async () => {
    await using dir = await useReadyDataDir();
    await using child = await useEmbeddedChild(dir.path);
    await queryOnce(child.connection, "create table kept as select 1 as n");
    const pid = await serverPid(dir.path);
    await child.kill();
    await using postgres = await useEmbedded({ dataDir: dir.path });
    expect(postgres.reused).toBe(true);
    expect(await serverPid(dir.path)).toBe(pid);
    expect(await queryOnce(postgres.connection, "select n from kept")).toEqual([{ n: 1 }]);
  });

  test("of both: the next open recovers the committed data", async () => {
    await using dir = await useReadyDataDir();
    await using child = await useEmbeddedChild(dir.path);
    await queryOnce(child.connection, "create table kept as select 1 as n");
    await child.kill();
    await killServer(dir.path);
    await using postgres = await useEmbedded({ dataDir: dir.path });
    expect(postgres.reused).toBe(false);
    expect(await queryOnce(postgres.connection, "select n from kept")).toEqual([{ n: 1 }]);
  });

  test("of our process while it creates the cluster: the next open removes what it left, and starts over", async () => {
    await using dir = await useDataDir();
    const child = startEmbeddedChild(dir.path);
    await untilBuilding(dir.path);
    await child.kill();
    const left = await readdir(join(dir.path, "pg"));
    expect(left).not.toContain("data");
    expect(left.filter((name) => name.startsWith("data.new"))).toHaveLength(1);
    await using postgres = await useEmbedded({ dataDir: dir.path, settings: WITHOUT_SYNC });
    expect(postgres.reused).toBe(false);
    expect(await queryOnce(postgres.connection, "select 1 as one")).toEqual([{ one: 1 }]);
    expect((await readdir(join(dir.path, "pg"))).toSorted()).toEqual(["data", "lock", "run", "server.log"]);
  });
});

describe("a stale postmaster.pid", () => {
  test("whose pid now belongs to another process does not prevent the start", async () => {
    await using dir = await useReadyDataDir();
    const first = await openEmbeddedPostgres({ dataDir: dir.path });
    const text = await readFile(pidFileOf(dir.path), "utf8");
    await first.close();
    await using bystander = await useBystander();
    await writeFile(pidFileOf(dir.path), text.replace(/^\d+/, String(bystander.pid)));
    await using second = await useEmbedded({ dataDir: dir.path });
    expect(second.reused).toBe(false);
    expect(await queryOnce(second.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("in a copy of the folder does not connect to the server of the original", async () => {
    await using original = await useReadyDataDir();
    await using copy = await useDataDir();
    await cp(join(original.path, "pg", "data"), join(copy.path, "pg", "data"), { recursive: true });
    await using first = await useEmbedded({ dataDir: original.path });
    await cp(pidFileOf(original.path), pidFileOf(copy.path)); // as if it had been copied while the server ran
    await using second = await useEmbedded({ dataDir: copy.path });
    expect(second.reused).toBe(false);
    expect(second.connection.host).not.toBe(first.connection.host);
  });

  test("of a running server whose socket was deleted causes a restart, not a hang", async () => {
    await using dir = await useReadyDataDir();
    await using postgres = await useEmbedded({ dataDir: dir.path });
    const pid = await serverPid(dir.path);
    await rm(join(postgres.connection.host, ".s.PGSQL.5432"));
    await using second = await useEmbedded({ dataDir: dir.path });
    expect(await serverPid(dir.path)).not.toBe(pid);
    expect(await queryOnce(second.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  });
});
