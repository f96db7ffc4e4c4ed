import { describe, expect, test } from "@jest/globals";
import { chmod, cp, mkdir, mkdtemp, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { queryOnce, queryWhenUp, useDataDir } from "../../../test/helpers/use-embedded.ts";
import { locateNativeFolder } from "./binaries.ts";
import { copyBinaries } from "./copy-binaries.ts";
import { openEmbeddedPostgres } from "./embedded-postgres.ts";
import { restoreLibraryLinks } from "./library-links.ts";
import { readPostmasterFile } from "./postmaster.ts";
import { stopEmbeddedPostgres } from "./release.ts";
import { runProgram } from "./run-program.ts";

const isRoot = process.getuid?.() === 0;
/** Only root runs the server as somebody else, so only root can be shut out, or give a folder back. */
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;
const server = isRoot ? { uid: 65_534, gid: 65_534 } : undefined;

async function useFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "sluice-place-")));
  await chmod(path, 0o755);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

describe("where the server's things lie", () => {
  test("a data folder whose path is too long for a socket gets its socket elsewhere", async () => {
    await using dir = await useDataDir();
    const dataDir = join(dir.path, "long-".repeat(30), "é".repeat(40));
    const postgres = await openEmbeddedPostgres({ dataDir });
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
  test("below a folder that only root may enter the data stays there, and survives kill -9 (F7)", async () => {
    await using dir = await useDataDir();
    const closed = join(dir.path, "closed");
    await mkdir(closed, { mode: 0o700 });
    const dataDir = join(closed, "data dir");
    const postgres = await openEmbeddedPostgres({ dataDir });
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

  test("a data folder that was restored by root is given back to the server's account", async () => {
    await using original = await useDataDir();
    await using copy = await useDataDir();
    await (await openEmbeddedPostgres({ dataDir: original.path })).close();
    await cp(join(original.path, "pg"), join(copy.path, "pg"), { recursive: true });
    expect((await stat(join(copy.path, "pg", "data"))).uid).toBe(0);
    const postgres = await openEmbeddedPostgres({ dataDir: copy.path });
    await postgres.close();
    expect((await stat(join(copy.path, "pg", "data", "PG_VERSION"))).uid).toBe(65_534);
  });
});

describe("programs", () => {
  test("run from a copy where the package is closed to the server's account, even if no install script ran", async () => {
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

  test("are copied again when a cleaner deleted a part of the copy", async () => {
    await using folder = await useFolder();
    const native = locateNativeFolder(process.platform, process.arch);
    const copy = await copyBinaries(native, server, [folder.path]);
    await rm(join(copy, "bin", "postgres"));
    expect(await copyBinaries(native, server, [folder.path])).toBe(copy);
    expect(await version(copy)).toMatch(/^postgres \(PostgreSQL\) 18/);
  });

  test("are not taken from a folder that others can write in", async () => {
    await using folder = await useFolder();
    const native = locateNativeFolder(process.platform, process.arch);
    const copy = await copyBinaries(native, server, [folder.path]);
    await chmod(copy, 0o777);
    await expect(copyBinaries(native, server, [folder.path])).rejects.toThrow("belongs to somebody else");
  });

  test("work when the links between libraries are missing, as they are without install scripts", async () => {
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
