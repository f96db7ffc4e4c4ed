import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ApplyFile } from "../../../src/ingest/files/apply-claimed.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { createDatabase, type Database } from "../../../src/store/database.ts";
import { applyParts } from "../../fakes/apply-parts.ts";
import { fileOf, fileScript, fileSource } from "../../fakes/file-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { startFileProcess } from "../../helpers/file-process.ts";
import { type FileService, type FileServiceOptions, startFileService } from "../../helpers/file-service.ts";
import { hookDatabase } from "../../helpers/hooked-database.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const script = fileScript({ maxBytes: 10_000_000 });
const source = fileSource(script);
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
const open = (options: Partial<FileServiceOptions> = {}): Promise<FileService> =>
  startFileService({ connection: store.connection, sources: [source], ...options });
const statusOf = async (name: string) =>
  (await query(`select status from files where name = '${name}'`))[0]?.["status"];
const bring = (service: FileService, id: string) => service.put("bank", fileOf(id), { "x-file-name": id });
const stored = async () =>
  (await query("select statement_id from statement_parts order by 1")).map((row) => row["statement_id"]);

describe("an accepted file", () => {
  test("keeps its bytes in chunks, and they are returned unchanged", async () => {
    await using service = await open();
    const noise = Array.from({ length: 60_000 }, (_, index) => `<!-- ${Math.sin(index)} ${"ä".repeat(index % 9)} -->`);
    const text = ["<camt>", ...noise, '<stmt id="large"/>', "</camt>"].join("\n");
    const { status, body } = await service.put("bank", text);
    expect(status).toBe(201);
    const chunks = await query("select count(*)::int as count from file_chunks");
    expect(chunks).toEqual([{ count: Math.ceil(Buffer.byteLength(text) / (256 * 1024)) }]);
    expect(await query("select version from statement_parts")).toEqual([{ version: BigInt(Buffer.byteLength(text)) }]);
    expect(await (await fetch(`${service.url}/files/${body.file.id}`)).text()).toBe(text);
  });

  test("is applied in order of arrival, one of a source at a time, over all replicas", async () => {
    const applied: string[] = [];
    let running = 0;
    const applyFile: ApplyFile = async (input) => {
      running += 1;
      expect(running).toBe(1);
      applied.push(input.file.parts[0]?.statementId ?? "");
      const result = await applyParts(input);
      running -= 1;
      return result;
    };
    await using idle = await open({ idle: true, maxWaitMs: 0 });
    const names = ["c", "a", "d", "b"];
    for (const name of names) expect((await bring(idle, name)).status).toBe(202);
    await using one = await open({ applyFile });
    await using _two = await open({ applyFile });
    one.wakeUps.fileAccepted({ id: "bank", tenantId: "acme" });
    await eventually(
      "all are stored",
      async () => (await query("select 1 from files where status = 'STORED'")).length === 4,
    );
    expect(applied).toEqual(names);
  });

  test("is stored once, for any number of concurrent uploads and other origins", async () => {
    await using one = await open();
    await using two = await open();
    for (let round = 0; round < 5; round += 1) {
      const id = `same${round}`;
      const answers = await Promise.all([one, two, one, two, one, two].map((service) => bring(service, id)));
      expect(answers.filter(({ status }) => status !== 201 && status !== 200)).toEqual([]);
    }
    expect(await query("select count(*)::int as count from files where status = 'STORED'")).toEqual([{ count: 5 }]);
    expect(await query("select count(*)::int as count from file_chunks")).toEqual([{ count: 5 }]);
  });

  test("that fails repeatedly does not block others, and is reported as accepted", async () => {
    const applyFile: ApplyFile = (input) =>
      input.file.parts[0]?.statementId === "poison" ? Promise.reject(new Error("our bug")) : applyParts(input);
    await using service = await open({ applyFile });
    const poison = await bring(service, "poison");
    expect([poison.status, poison.body.outcome]).toEqual([202, "ACCEPTED"]);
    expect((await bring(service, "good")).status).toBe(201);
    expect(await query("select error_code from files where name = 'poison'")).toEqual([{ error_code: "INTERNAL" }]);
  });

  test("is taken over from a process that was killed between accepting and applying it (F3)", async () => {
    const child = await startFileProcess({ connection: store.connection });
    await child.killed;
    expect(await statusOf("crash")).toBe("ACCEPTED");
    expect(await stored()).toEqual(["bank k1"]);
    await using service = await open();
    const startedAtMs = performance.now();
    await eventually("it is stored", async () => (await statusOf("crash")) === "STORED");
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    expect(await stored()).toEqual(["bank k1", "bank k2", "bank k3"]);
    expect(service.logged()).not.toContain("could not be");
  });

  test("that ends its process each time no longer blocks those after it after three tries (F17)", async () => {
    for (let tries = 1; tries <= 3; tries += 1) {
      // A file that is sent again is tried again from the first attempt, so it is sent once.
      const child = await startFileProcess({ connection: store.connection, sends: tries === 1 });
      await child.killed;
      expect(await query("select status, attempts from files where name = 'crash'")).toEqual([
        { status: "ACCEPTED", attempts: tries },
      ]);
      await query("update files set lease_until = now() - interval '1 second'"); // instead of waiting for its end
    }
    await using service = await open();
    expect((await bring(service, "good")).status).toBe(201);
    expect(await query("select next_attempt_at > received_at as postponed from files where name = 'crash'")).toEqual([
      { postponed: true },
    ]);
    await eventually(
      "it is stored by a process that it does not end",
      async () => (await statusOf("crash")) === "STORED",
    );
    expect(await stored()).toEqual(["bank good", "bank k1", "bank k2", "bank k3"]);
  });

  test("is not written by a worker that was frozen beyond its lease (F6)", async () => {
    const frozen = Promise.withResolvers<void>();
    const late = Promise.withResolvers<unknown>();
    const isPaused = Promise.withResolvers<void>();
    const applyFile: ApplyFile = async (input) => {
      isPaused.resolve();
      await frozen.promise;
      return applyParts(input).catch((reason: unknown) => {
        late.resolve(reason);
        throw reason;
      });
    };
    await using holder = await open({ applyFile, maxWaitMs: 0 });
    await bring(holder, "f");
    await isPaused.promise;
    await query("update files set lease_until = now() - interval '1 second'");
    await using other = await open();
    other.wakeUps.fileAccepted({ id: "bank", tenantId: "acme" });
    await eventually("the other has stored it", async () => (await statusOf("f")) === "STORED");
    await query("delete from statement_parts");
    frozen.resolve();
    expect(await late.promise).toMatchObject({ code: "LEASE_LOST" });
    expect(await stored()).toEqual([]);
  });

  test("is released at once when the process ends", async () => {
    const isPaused = Promise.withResolvers<void>();
    const applyFile: ApplyFile = ({ signal }) => {
      isPaused.resolve();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    };
    const ending = await open({ applyFile, maxWaitMs: 0 });
    await bring(ending, "h");
    await isPaused.promise;
    await ending[Symbol.asyncDispose]();
    expect(await query("select status, lease_until, attempts from files")).toEqual([
      { status: "ACCEPTED", lease_until: null, attempts: 0 },
    ]);
    // An operator who stops the process expects exactly that (C52).
    expect(ending.logged()).toMatch(/"level":30.*"fileId"/);
    expect(ending.logged()).not.toMatch(/"stack"|"level":[456]0/);
  });
});

describe("C52: a stored file", () => {
  test("is not reported as canceled or failed when its reading is ended after its last transaction", async () => {
    for (const name of ["ending", "broken"]) {
      const isStored = Promise.withResolvers<void>();
      const applyFile: ApplyFile = async (input) => {
        await applyParts(input);
        isStored.resolve();
        if (name === "broken") throw new Error("the rest of the file is unreadable");
        return new Promise((_, reject) =>
          input.signal.addEventListener("abort", () => reject(input.signal.reason as Error)),
        );
      };
      const service = await open({ applyFile });
      const answer = bring(service, name);
      await isStored.promise;
      await service.files.close(5_000);
      expect((await answer).status).toBe(201);
      await service[Symbol.asyncDispose]();
      expect(await query(`select status, error_code from files where name = '${name}'`)).toEqual([
        { status: "STORED", error_code: null },
      ]);
      expect(service.logged()).not.toMatch(/"fileId"/);
    }
  });

  test("is not reported as failed when the response to its last commit is lost", async () => {
    const wrap = (db: Database): Database =>
      hookDatabase(db, {
        afterCommit(texts) {
          if (texts.some((text) => text.includes("'STORED'")))
            throw new ServiceError("STORE_UNAVAILABLE", "the database is not available");
        },
      });
    await using service = await open({ wrap });
    expect((await bring(service, "answerless")).status).toBe(201);
    expect(service.logged()).not.toMatch(/"fileId"/);
  });
});

describe("with the database unavailable", () => {
  test("an upload is answered 503 with Retry-After, and no part of it is kept", async () => {
    await using proxy = await startFaultProxy({
      path: join(store.connection.host, `.s.PGSQL.${store.connection.port}`),
    });
    await using service = await open({
      wrap: () => createDatabase({ connection: { ...store.connection, host: "127.0.0.1", port: proxy.port }, max: 4 }),
    });
    expect((await bring(service, "before")).status).toBe(201);
    proxy.refuse();
    proxy.reset();
    const { status, headers, body } = await bring(service, "away");
    expect([status, headers.get("retry-after"), body.errors[0].extensions.code]).toEqual([
      503,
      "1",
      "STORE_UNAVAILABLE",
    ]);
    expect(await service.incoming()).toEqual([]);
    await proxy.heal();
    await eventually("it is taken", async () => (await bring(service, "away")).status === 201);
    expect(await stored()).toEqual(["bank away", "bank before"]);
  });
});

describe("the files of a crashed process", () => {
  test("are removed at start, and those of a live process are not", async () => {
    await using service = await open({ idle: true });
    const dead = join(service.folder, "999999999-00000000-0000-4000-8000-000000000000", "x");
    const alive = join(service.folder, `${process.ppid}-00000000-0000-4000-8000-000000000000`, "y");
    for (const path of [dead, alive]) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, "rest");
    }
    await service.files.start();
    expect(await service.incoming()).toEqual(["y"]);
  });
});

describe("scopes for files", () => {
  test("sync or write are required to upload files, admin to read them", async () => {
    const secret = "x".repeat(32);
    await using service = await open({ auth: { kind: "secret", secret } });
    const { SignJWT } = await import("jose");
    const bearer = async (scope: string, tenant = "acme") => {
      const token = new SignJWT({ tenant, scope }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h");
      return { authorization: `Bearer ${await token.sign(new TextEncoder().encode(secret))}` };
    };
    const bringAs = async (headers: Record<string, string>) =>
      (await service.put("bank", fileOf("auth"), headers)).status;
    expect(await bringAs({})).toBe(401);
    expect(await bringAs(await bearer("read admin"))).toBe(403);
    expect(await bringAs(await bearer("sync", "umbrella"))).toBe(404);
    expect(await bringAs(await bearer("sync"))).toBe(201);
    expect(await bringAs(await bearer("write"))).toBe(200);
    const { body } = await service.put("bank", fileOf("auth"), await bearer("sync"));
    const read = async (headers: Record<string, string>) =>
      (await fetch(`${service.url}/files/${body.file.id}`, { headers })).status;
    expect([await read({}), await read(await bearer("read sync write")), await read(await bearer("admin"))]).toEqual([
      401, 403, 200,
    ]);
  });
});

test("a file is refused while the process ends", async () => {
  const service = await open();
  await service.files.close(1_000);
  const { status, headers, body } = await bring(service, "late");
  expect([status, headers.get("retry-after"), body.errors[0].extensions.code]).toEqual([503, "1", "OVERLOADED"]);
  await service[Symbol.asyncDispose]();
});
