import { describe, expect, test } from "@jest/globals";
import { chmod, cp, mkdir, mkdtemp, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useReadyDataDir } from "../../../helpers/ready-data-dir.ts";
import { queryOnce, queryWhenUp, useDataDir } from "../../../helpers/use-embedded.ts";
import { locateNativeFolder } from "../../../../src/store/embedded/binaries.ts";
import { copyBinaries } from "../../../../src/store/embedded/copy-binaries.ts";
import { openEmbeddedPostgres } from "../../../../src/store/embedded/embedded-postgres.ts";
import { restoreLibraryLinks } from "../../../../src/store/embedded/library-links.ts";
import { readPostmasterFile } from "../../../../src/store/embedded/postmaster.ts";
import { stopEmbeddedPostgres } from "../../../../src/store/embedded/release.ts";
import { runProgram } from "../../../../src/store/embedded/run-program.ts";

const isRoot = process.getuid?.() === 0;
/** Only root runs the server as another user, so only root can be denied access, or return a folder. */
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;
/** For a first start in a test that is not about its durability: half of initdb is waiting for the disk. */
const WITHOUT_SYNC = { fsync: "off" };
const server = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;

async function useFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "sluice-place-")));
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

describe("the locations of the embedded server's files", () => {
  test("a data folder whose path is too long for a socket gets its socket elsewhere", async () => {
    await using dir = await useDataDir();
    const dataDir = join(dir.path, "long-".repeat(30), "é".repeat(40));
    const postgres = await openEmbeddedPostgres({ dataDir, settings: WITHOUT_SYNC });
    try {
      expect(Buffer.byteLength(postgres.connection.host)).toBeLessThan(90);
      expect(await queryOnce(postgres.connection, "select 1 as one")).toEqual([{ one: 1 }]);
      expect((await stat(postgres.connection.host)).mode & 0o777).toBe(0o700);
      const second = await openEmbeddedPostgres({ dataDir });
      expect(second.connection).toEqual(postgres.connection);
      await second.close();
    } finally {
      await postgres.close();
    }
    await expect(stat(postgres.connection.host)).rejects.toThrow("ENOENT");
  });
});

describeAsRoot("as root", () => {
  test("a data folder below one that only root may enter stays there, and survives kill -9 (F7)", async () => {
    await using dir = await useDataDir();
    const closed = join(dir.path, "closed");
    await mkdir(closed, { mode: 0o700 });
    const dataDir = join(closed, "data dir");
    const postgres = await openEmbeddedPostgres({ dataDir, settings: WITHOUT_SYNC });
    try {
      await queryOnce(postgres.connection, "create table kept as select 7 as n");
      expect((await stat(join(dataDir, "pg", "data"))).uid).toBe(65_534);
      const file = await readPostmasterFile(join(dataDir, "pg", "data"));
      process.kill(file?.pid ?? 0, "SIGKILL");
      expect(await queryWhenUp(postgres.connection, "select n from kept")).toEqual([{ n: 7 }]);
    } finally {
      await postgres.close();
      await stopEmbeddedPostgres({ dataDir });
    }
  });

  test("a data folder that was restored by root is returned to the server's account", async () => {
    await using original = await useReadyDataDir();
    await using copy = await useDataDir();
    await cp(join(original.path, "pg"), join(copy.path, "pg"), { recursive: true });
    expect((await stat(join(copy.path, "pg", "data"))).uid).toBe(0);
    const postgres = await openEmbeddedPostgres({ dataDir: copy.path });
    await postgres.close();
    expect((await stat(join(copy.path, "pg", "data", "PG_VERSION"))).uid).toBe(65_534);
  });
});

describe("the programs of the embedded server", () => {
  test("run from a copy where the package is not accessible to the server's account, even if no install script ran", async () => {
    await using folder = await useFolder();
    const closed = join(folder.path, "closed");
    const cache = join(folder.path, "cache");
    await mkdir(closed, { mode: 0o700 });
    await mkdir(cache);
    await copyPackageWithoutLinks(join(closed, "package"));
    const native = join(closed, "package", "native");
    const copy = await copyBinaries(native, server, [join(closed), cache]);
    expect(copy.startsWith(isRoot ? cache : closed)).toBe(true);
    expect(await version(copy)).toMatch(/^postgres \(PostgreSQL\) 18/);
    expect(await copyBinaries(native, server, [join(closed), cache])).toBe(copy);
  });

  test("are copied again when a part of the copy was deleted", async () => {
    await using folder = await useFolder();
    const native = locateNativeFolder(process.platform, process.arch);
    const copy = await copyBinaries(native, server, [folder.path]);
    await rm(join(copy, "bin", "postgres"));
    expect(await copyBinaries(native, server, [folder.path])).toBe(copy);
    expect(await version(copy)).toMatch(/^postgres \(PostgreSQL\) 18/);
  });

  test("are not taken from a folder that others can write to", async () => {
    await using folder = await useFolder();
    const native = locateNativeFolder(process.platform, process.arch);
    const copy = await copyBinaries(native, server, [folder.path]);
    await chmod(copy, 0o777);
    await expect(copyBinaries(native, server, [folder.path])).rejects.toThrow("belongs to another user");
  });

  test("work when the links between libraries are missing, as without install scripts", async () => {
    await using folder = await useFolder();
    await copyPackageWithoutLinks(folder.path);
    const native = join(folder.path, "native");
    expect(await version(native)).not.toMatch(/PostgreSQL/);
    await restoreLibraryLinks(native);
    expect(await version(native)).toMatch(/^postgres \(PostgreSQL\) 18/);
  });
});

async function copyPackageWithoutLinks(target: string): Promise<void> {
  const source = join(locateNativeFolder(process.platform, process.arch), "..");
  const links = /\/lib(ecpg|ecpg_compat|icudata|icui18n|icuuc|pgtypes|pq)\.so(\.\d+)?$/;
  await cp(source, target, { recursive: true, verbatimSymlinks: true, filter: (path) => !links.test(path) });
}

/** What `postgres -V` prints under the server's account. */
async function version(native: string): Promise<string> {
  const file = join(native, "bin", "postgres");
  const result = await runProgram({ file, args: ["-V"], user: server, signal: AbortSignal.timeout(10_000) });
  return result.output;
}
