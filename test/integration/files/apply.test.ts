import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ApplyFile } from "../../../src/files/apply-claimed.ts";
import { createDatabase } from "../../../src/store/database.ts";
import { applyParts } from "../../fakes/apply-parts.ts";
import { fileOf, fileScript, fileSource } from "../../fakes/file-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { startFaultProxy } from "../../helpers/fault-proxy.ts";
import { startFileProcess } from "../../helpers/file-process.ts";
import { type FileService, type FileServiceOptions, startFileService } from "../../helpers/file-service.ts";
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
  test("keeps its bytes in chunks, and they come back as they were", async () => {
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

  test("is applied in the order in which it came, one of a source at a time, over all replicas", async () => {
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
    one.files.wake("bank");
    await eventually(
      "all are stored",
      async () => (await query("select 1 from files where status = 'STORED'")).length === 4,
    );
    expect(applied).toEqual(names);
  });

  test("is kept once, however many bring it at a time, wherever", async () => {
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

  test("that fails again and again stands in the way of none, and is told as kept", async () => {
    const applyFile: ApplyFile = (input) =>
      input.file.parts[0]?.statementId === "poison" ? Promise.reject(new Error("our bug")) : applyParts(input);
    await using service = await open({ applyFile });
    const poison = await bring(service, "poison");
    expect([poison.status, poison.body.outcome]).toEqual([202, "ACCEPTED"]);
    expect((await bring(service, "good")).status).toBe(201);
    expect(await query("select error_code from files where name = 'poison'")).toEqual([{ error_code: "INTERNAL" }]);
  });

  test("is taken over from a process that was killed between keeping and storing it (F3)", async () => {
    const child = await startFileProcess({ connection: store.connection });
    await child.killed;
    expect(await statusOf("crash")).toBe("ACCEPTED");
    expect(await stored()).toEqual(["bank k1"]);
    await using service = await open();
    const startedAtMs = performance.now();
    await eventually("it is stored", async () => (await statusOf("crash")) === "STORED", 15_000);
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    expect(await stored()).toEqual(["bank k1", "bank k2", "bank k3"]);
    expect(service.logged()).not.toContain("could not be");
  }, 40_000);

  test("is not written by a holder that was frozen and comes back late (F6)", async () => {
    const frozen = Promise.withResolvers<void>();
    const late = Promise.withResolvers<unknown>();
    const isHeld = Promise.withResolvers<void>();
    const applyFile: ApplyFile = async (input) => {
      isHeld.resolve();
      await frozen.promise;
      return applyParts(input).catch((reason: unknown) => {
        late.resolve(reason);
        throw reason;
      });
    };
    await using holder = await open({ applyFile, maxWaitMs: 0 });
    await bring(holder, "f");
    await isHeld.promise;
    await query("update files set lease_until = now() - interval '1 second'");
    await using other = await open();
    other.files.wake("bank");
    await eventually("the other has stored it", async () => (await statusOf("f")) === "STORED");
    await query("delete from statement_parts");
    frozen.resolve();
    expect(await late.promise).toMatchObject({ code: "LEASE_LOST" });
    expect(await stored()).toEqual([]);
  });

  test("is handed back at once when the process ends", async () => {
    const isHeld = Promise.withResolvers<void>();
    const applyFile: ApplyFile = ({ signal }) => {
      isHeld.resolve();
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    };
    const ending = await open({ applyFile, maxWaitMs: 0 });
    await bring(ending, "h");
    await isHeld.promise;
    await ending[Symbol.asyncDispose]();
    expect(await query("select status, lease_until, attempts from files")).toEqual([
      { status: "ACCEPTED", lease_until: null, attempts: 0 },
    ]);
  });
});

describe("with the store away", () => {
  test("an upload is answered 503 with Retry-After, and nothing is kept of it, here or there", async () => {
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
    expect([status, headers.get("retry-after"), body.error.code]).toEqual([503, "1", "STORE_UNAVAILABLE"]);
    expect(await service.incoming()).toEqual([]);
    await proxy.heal();
    await eventually("it is taken", async () => (await bring(service, "away")).status === 201);
    expect(await stored()).toEqual(["bank away", "bank before"]);
  });
});

describe("what a crash left behind", () => {
  test("is removed at start, and nothing of a process that lives", async () => {
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

describe("who may", () => {
  test("bring files: scope sync or write; read them: admin", async () => {
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

test("a file is not taken while the process ends", async () => {
  const service = await open();
  await service.files.close(1_000);
  const { status, headers, body } = await bring(service, "late");
  expect([status, headers.get("retry-after"), body.error.code]).toEqual([503, "1", "OVERLOADED"]);
  await service[Symbol.asyncDispose]();
});
