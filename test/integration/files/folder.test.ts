import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { appendFile, mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FileScript, fileOf, fileScript, fileSource } from "../../fakes/file-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FileService, startFileService, useFolder } from "../../helpers/file-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { zipOf } from "../../helpers/zip.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
beforeEach(async () => {
  for (const table of ["files", "file_chunks", "quarantined_records", "statement_parts"])
    await query(`delete from ${table}`);
});
afterAll(async () => {
  await store[Symbol.asyncDispose]();
});

const query = (text: string) => store.db.transaction("acme", (tx) => tx.query<Record<string, unknown>>(text));
const names = async (): Promise<unknown[]> =>
  (await query("select name from files order by received_at, id")).map((row) => row["name"]);

interface Drop extends AsyncDisposable {
  readonly inbox: string;
  readonly archive: string;
  readonly script: FileScript;
  put(name: string, text: string | Uint8Array): Promise<void>;
  open(): Promise<FileService>;
  /** Names in the archive, including hidden ones, and `refused/x` for those in that folder. */
  archived(): Promise<readonly string[]>;
  /** Names that are left in the folder, and of what is on its way to the archive. */
  left(): Promise<readonly string[]>;
}

async function useDrop(): Promise<Drop> {
  const folder = await useFolder();
  const [inbox, archive] = [join(folder.path, "in"), join(folder.path, "done")];
  await mkdir(inbox);
  const script = fileScript({ maxBytes: 100_000, drop: { folder: inbox, archiveFolder: archive } });
  return {
    inbox,
    archive,
    script,
    put: (name, text) => writeFile(join(inbox, name), text),
    open: () => startFileService({ connection: store.connection, sources: [fileSource(script)] }),
    archived: () => filesIn(archive),
    async left() {
      const waiting = await readdir(inbox);
      const moving = (await filesIn(archive)).filter((name) => name.endsWith(".moving"));
      return [...waiting, ...moving].toSorted();
    },
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}

/** Paths of all files below a folder, relative to it; none where there is no folder. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => join(parentPath, name).slice(folder.length + 1))
    .toSorted();
}

describe("a watched folder", () => {
  test("is read in the order of the files' age, and stored files are moved to the archive, refused ones separately", async () => {
    await using drop = await useDrop();
    const ages = { "b.xml": 30, "a.xml": 20, "c.xml": 20, "bad.txt": 10 };
    for (const [name, age] of Object.entries(ages)) {
      await drop.put(name, name === "bad.txt" ? "what" : fileOf(name));
      const seconds = 1_790_000_000 - age;
      await utimes(join(drop.inbox, name), seconds, seconds);
    }
    await using _service = await drop.open();
    await eventually("all are moved", async () => (await drop.left()).length === 0);
    expect(await names()).toEqual(["b.xml", "a.xml", "c.xml", "bad.txt"]);
    expect(await drop.archived()).toEqual(["a.xml", "b.xml", "c.xml", "refused/bad.txt"]);
    expect(await readFile(join(drop.archive, "a.xml"), "utf8")).toBe(fileOf("a.xml"));
    expect(await query("select distinct origin from files")).toEqual([{ origin: "FOLDER" }]);
  });

  test("waits for a file that is still being written in place, and then reads all of it (F87)", async () => {
    await using drop = await useDrop();
    await using _service = await drop.open();
    const path = join(drop.inbox, "slow.xml");
    const lines = fileOf("s1", "s2", "s3", "s4", "s5", "s6").split("\n");
    await writeFile(path, lines[0] ?? "");
    for (const line of lines.slice(1)) {
      await appendFile(path, `\n${line}`);
      await new Promise((resolve) => setTimeout(resolve, 400)); // the slow writer is what is tested
      expect(await names()).toEqual([]);
    }
    await eventually("it is taken", async () => (await drop.archived()).length === 1);
    expect(await query("select status, size::int as size from files")).toEqual([
      { status: "STORED", size: lines.join("\n").length },
    ]);
  });

  test("skips unfinished files, other objects and links, and reads a file once it is renamed (F87)", async () => {
    await using drop = await useDrop();
    await drop.put(".hidden.xml", fileOf("x"));
    for (const end of [".part", ".tmp", ".filepart", ".crdownload", "~"]) await drop.put(`x.xml${end}`, fileOf("x"));
    await mkdir(join(drop.inbox, "folder.xml"));
    await symlink("/etc/passwd", join(drop.inbox, "link.xml"));
    const before = await drop.left();
    await using _service = await drop.open();
    await drop.put("ok.xml", fileOf("ok"));
    await eventually("it is taken", async () => (await drop.archived()).length === 1);
    // A file that is being archived is there under another name for a moment.
    await eventually("nothing else to be left", async () => isDeepStrictEqual(await drop.left(), before));
    await rename(join(drop.inbox, "x.xml.part"), join(drop.inbox, "x.xml"));
    await eventually("it is taken", async () => (await drop.archived()).length === 2);
    expect(await names()).toEqual(["ok.xml", "x.xml"]);
  });

  test("keeps both of two files with one name, and stores the same content once (F87)", async () => {
    await using drop = await useDrop();
    await using _service = await drop.open();
    for (const text of [fileOf("one"), fileOf("two"), fileOf("two"), fileOf("one")]) {
      await drop.put("day.xml", text);
      await eventually("it is moved", async () => (await drop.left()).length === 0);
    }
    expect(await names()).toEqual(["day.xml", "day.xml"]);
    const archived = await drop.archived();
    expect(archived).toEqual([
      expect.stringMatching(/^day\.[0-9a-f]{12}\.xml$/),
      expect.stringMatching(/^day\.[0-9a-f]{12}\.xml$/),
      "day.xml",
    ]);
    const texts = await Promise.all(archived.map((name) => readFile(join(drop.archive, name), "utf8")));
    expect(texts.toSorted()).toEqual([fileOf("one"), fileOf("one"), fileOf("two")]);
  });

  test("that two replicas watch yields each file once, and the slower replica reports no error", async () => {
    await using drop = await useDrop();
    await using one = await drop.open();
    await using two = await drop.open();
    for (let index = 0; index < 12; index += 1) await drop.put(`${index}.xml`, fileOf(`${index}`));
    await eventually("all are moved", async () => (await drop.left()).length === 0);
    await eventually(
      "all are stored",
      async () => (await query("select 1 from files where status = 'STORED'")).length === 12,
    );
    expect((await drop.archived()).length).toBe(12);
    expect(`${one.logged()}${two.logged()}`).not.toContain('"level":40');
  });

  test("that does not exist is waited for, with one warning", async () => {
    await using drop = await useDrop();
    await rm(drop.inbox, { recursive: true });
    await using service = await drop.open();
    await eventually("a warning", () => service.logged().includes("waiting for it"));
    await mkdir(drop.inbox);
    await drop.put("late.xml", fileOf("late"));
    await eventually("it is taken", async () => (await drop.archived()).length === 1);
    expect(service.logged().match(/waiting for it/g)).toHaveLength(1);
  });

  test("moves a too large file aside, and continues after a file that cannot be moved or read", async () => {
    await using drop = await useDrop();
    drop.script.onRead = () => {
      drop.script.onRead = () => undefined;
      throw new Error("a bug in the connector");
    };
    await drop.put("0.xml", fileOf("0"));
    await drop.put("large.xml", " ".repeat(100_001));
    await drop.put("z.zip", zipOf({ name: "m.xml", bytes: fileOf("m") }, { name: "n.txt", bytes: "no" }));
    await using service = await drop.open();
    await eventually("all are moved", async () => (await drop.left()).length === 0);
    expect(await drop.archived()).toEqual(["0.xml", "refused/large.xml", "z.zip"]);
    expect(service.logged().match(/can't be read from its folder/g)).toHaveLength(1);
    expect((await names()).map(String).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      "0.xml",
      "z.zip/m.xml",
      "z.zip/n.txt",
    ]);
  });

  test("whose archive cannot be written keeps its files, which are not read repeatedly", async () => {
    await using drop = await useDrop();
    await writeFile(drop.archive, "a file where the folder should be");
    let reads = 0;
    drop.script.onRead = () => void (reads += 1);
    await using service = await drop.open();
    await drop.put("kept.xml", fileOf("kept"));
    await eventually("a warning", () => service.logged().includes("can't be read from its folder"));
    await rm(drop.archive);
    await eventually("it is moved", async () => (await drop.archived()).length === 1);
    expect(reads).toBe(1);
  });
});
