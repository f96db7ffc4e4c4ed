import { describe, expect, test } from "@jest/globals";
import { chown, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { useReadyDataDir } from "../../../helpers/ready-data-dir.ts";
import { startEmbeddedChild, useDataDir } from "../../../helpers/use-embedded.ts";
import { ServiceError } from "../../../../src/domain/error.ts";
import { locateNativeFolder } from "../../../../src/store/embedded/binaries.ts";
import { openEmbeddedPostgres } from "../../../../src/store/embedded/embedded-postgres.ts";
import { withFolderLock } from "../../../../src/store/embedded/folder-lock.ts";
import { openHome } from "../../../../src/store/embedded/home.ts";
import { isReachable } from "../../../../src/store/embedded/server-user.ts";
import { fatalReason, limitLog } from "../../../../src/store/embedded/server-log.ts";

/** Only root runs the server as another user, so only root can be denied access, or return a folder. */
const describeAsRoot = process.getuid?.() === 0 ? describe : describe.skip;

/** An ordinary user who cannot read the checkout (a clone in a temporary folder of root's) cannot run it either. */
const isReadableByOthers = await isReachable(process.cwd(), { uid: 1, gid: 1 });
const describeForOthers = isReadableByOthers ? describeAsRoot : describe.skip;

/** The message of the STORE_UNAVAILABLE that opening ends with. */
async function refusal(dataDir: string, settings: Record<string, string> = {}): Promise<string> {
  const reason: unknown = await openEmbeddedPostgres({ dataDir, settings }).then(
    () => "it opened",
    (thrown: unknown) => thrown,
  );
  if (!(reason instanceof ServiceError)) throw new Error(`no ServiceError: ${String(reason)}`);
  expect(reason.code).toBe("STORE_UNAVAILABLE");
  expect(reason.publicMessage).not.toContain(dataDir);
  return reason.message;
}

describe("the message names the folder and the remedy", () => {
  test("when a part of the path is a file", async () => {
    await using dir = await useDataDir();
    const file = join(dir.path, "file");
    await writeFile(file, "");
    const message = await refusal(join(file, "below"));
    expect(message).toContain(`the data folder ${join(file, "below")} cannot be used (ENOTDIR`);
    expect(message).toContain("DATABASE_URL");
  });

  test("when the file system takes no folders", async () => {
    expect(await refusal("/proc/sluice")).toMatch(/the data folder \/proc\/sluice cannot be used \(E/);
  });

  test("when the cluster is of another major version", async () => {
    await using dir = await useDataDir();
    await mkdir(join(dir.path, "pg", "data"), { recursive: true });
    await writeFile(join(dir.path, "pg", "data", "PG_VERSION"), "17\n");
    const message = await refusal(dir.path);
    expect(message).toContain(join(dir.path, "pg", "data"));
    expect(message).toMatch(/made by PostgreSQL 17 and the embedded one is 18/);
  });

  test("when the folder contains something else", async () => {
    await using dir = await useDataDir();
    await mkdir(join(dir.path, "pg", "data"), { recursive: true });
    await writeFile(join(dir.path, "pg", "data", "photos.txt"), "keep me");
    expect(await refusal(dir.path)).toContain("is not a PostgreSQL data folder");
    expect(await readFile(join(dir.path, "pg", "data", "photos.txt"), "utf8")).toBe("keep me");
  });

  test("when the server refuses a setting", async () => {
    await using dir = await useReadyDataDir();
    const message = await refusal(dir.path, { shared_buffers: "plenty" });
    expect(message).toContain(
      `the database in ${dir.path} does not start: invalid value for parameter "shared_buffers"`,
    );
  });

  test("when the packages have no PostgreSQL for the machine", () => {
    expect(() => locateNativeFolder("sunos", "sparc")).toThrow(/@embedded-postgres\/sunos-sparc .*DATABASE_URL/);
  });
});

describeAsRoot("users", () => {
  test("when the server belongs to another user", async () => {
    await using dir = await useReadyDataDir();
    const postgres = await openEmbeddedPostgres({ dataDir: dir.path });
    try {
      const child = startEmbeddedChild(dir.path, 1234);
      await expect(child.ready).rejects.toThrow(/STORE_UNAVAILABLE.*the data folder .* cannot be used/);
    } finally {
      await postgres.close();
    }
  });
});

describeForOthers("an ordinary user", () => {
  test("another user is served from a folder of its own", async () => {
    await using dir = await useDataDir();
    await chown(dir.path, 1, 1); // daemon: an account that every system has
    const child = startEmbeddedChild(dir.path, 1);
    const opened = await child.ready;
    expect(await opened.finish()).toBe(0);
    const postgres = await openEmbeddedPostgres({ dataDir: dir.path });
    await postgres.close();
    expect((await stat(join(dir.path, "pg", "data", "PG_VERSION"))).uid).toBe(1);
  });
});

describe("waiting for the embedded server", () => {
  test("for another process's start ends with the caller's signal", async () => {
    await using dir = await useDataDir();
    const home = await openHome(dir.path);
    const caller = new AbortController();
    await withFolderLock(home, AbortSignal.timeout(10_000), async () => {
      const opening = openEmbeddedPostgres({ dataDir: dir.path, signal: caller.signal });
      caller.abort(new Error("shutting down"));
      await expect(opening).rejects.toThrow("shutting down");
    });
  });

  test("for the lock of one folder admits one holder at a time", async () => {
    await using dir = await useDataDir();
    const home = await openHome(dir.path);
    let [inside, most] = [0, 0];
    const hold = (): Promise<void> =>
      withFolderLock(home, AbortSignal.timeout(10_000), async () => {
        most = Math.max(most, ++inside);
        await new Promise<void>((resolve) => setImmediate(resolve));
        inside -= 1;
      });
    await Promise.all(Array.from({ length: 8 }, hold));
    expect(most).toBe(1);
  });
});

describe("the embedded server's log", () => {
  test("is truncated at its limit, and the previous part is kept once", async () => {
    await using dir = await useDataDir();
    const path = join(dir.path, "server.log");
    await writeFile(path, "old line\n".repeat(100));
    await limitLog(path, 1000);
    expect(await readFile(path, "utf8")).toBe("old line\n".repeat(100));
    await limitLog(path, 899);
    expect(await readFile(path, "utf8")).toBe("");
    expect((await stat(`${path}.1`)).size).toBe(900);
  });

  test("contains the reason of a failed start", () => {
    expect(fatalReason("LOG:  starting\n2026 [1] FATAL:  could not open file\nHINT: x")).toBe("could not open file");
    expect(fatalReason("first\nlast\n")).toBe("last");
  });
});
