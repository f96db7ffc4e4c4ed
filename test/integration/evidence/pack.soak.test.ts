import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { appendServiceEntry } from "../../../src/audit/service-entry.ts";
import { loadSigningKey, type SigningKey } from "../../../src/audit/signing-key.ts";
import { readChainRange } from "../../../src/evidence/contributors/audit.ts";
import { createEvidencePacks, type EvidencePacks } from "../../../src/evidence/evidence-packs.ts";
import { claimPack, insertPack, storePieces } from "../../../src/evidence/pack-store.ts";
import { loadSchema } from "../../../src/server/load-schema.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { verifyEvidence } from "../../../tools/verify-evidence.ts";
import { readChain } from "../../helpers/audit-chain.ts";
import { eventually } from "../../helpers/eventually.ts";
import { forgePack, type PackContent, readMember, readPack } from "../../helpers/forged-pack.ts";
import { amountOf } from "../../helpers/length.ts";
import { fillLists } from "../../helpers/list-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let folder: string;
let key: SigningKey;
let packs: EvidencePacks;
let path: string;
let archive: Buffer;
const problems: unknown[] = [];
const to = () => new Date().toISOString();
const PERIOD = { from: "2000-01-01T00:00:00.000Z", sourceIds: null, findingId: null, idempotencyKey: null };
const request = (change = {}) => ({ ...PERIOD, to: to(), createdBy: "kim", ...change });

beforeAll(async () => {
  store = await useStore();
  folder = await mkdtemp(join(tmpdir(), "sluice-evidence-"));
  await fillLists(store.connection, loadSchema(), 60);
  for (const tenantId of ["acme", "umbrella"])
    await store.db.transaction(tenantId, (tx) =>
      tx.query(
        `update deliveries set content_hash = encode(sha256(body), 'hex') from delivery_bodies where delivery_id = id`,
      ),
    );
  for (let n = 0; n < 40; n += 1)
    await store.db.transaction("acme", (tx) =>
      appendServiceEntry(tx, { action: "test.entry", arguments: { n, text: "é\u0000" } }),
    );
  key = await loadSigningKey(store.db, createKeyring(undefined, []));
  packs = createEvidencePacks({
    db: store.db,
    key,
    days: 1,
    random: Math.random,
    onProblem: (reason) => problems.push(reason),
  });
  packs.start();
  archive = await download("acme", await packs.create("acme", request()));
  path = join(folder, "pack.zip");
  await writeFile(path, archive);
}, 120_000);
afterAll(async () => {
  await packs?.close(5_000);
  await rm(folder, { recursive: true, force: true });
  await store[Symbol.asyncDispose]();
  if (problems.length > 0) throw new AggregateError(problems, "packs could not be written");
});

const statusOf = async (tenantId: string, id: string) => {
  const [row] = await store.db.read(tenantId, (tx) =>
    tx.query<{ status: string; errorCode: string | null }>(
      `select status, error_code as "errorCode" from evidence_packs where id = $1`,
      [id],
    ),
  );
  return row;
};

async function download(tenantId: string, id: string): Promise<Buffer> {
  const row = await eventually("the pack to end", async () => {
    const found = await statusOf(tenantId, id);
    return found?.status !== "QUEUED" && found;
  });
  expect(row).toEqual({ status: "READY", errorCode: null });
  const { bytes } = await packs.open(tenantId, id);
  return Buffer.concat(await Array.fromAsync(bytes));
}

/** Verifies the archive with some change. */
async function verifyChanged(bytes: Uint8Array, options = {}) {
  const changed = join(folder, "changed.zip");
  await writeFile(changed, bytes);
  return verifyEvidence(changed, options).problems;
}

const memberOf = (name: string): Buffer => readMember(path, name);

describe("an evidence pack", () => {
  test("is verified, with its key, and read by another implementation of ZIP", async () => {
    const { problems: found, checked } = verifyEvidence(path, {
      publicKey: Buffer.from(key.publicKey).toString("hex"),
    });
    expect(found).toEqual([]);
    expect(checked.join("\n")).toContain("40 rows of the audit trail");
    const listed = execFileSync("python3", ["-m", "zipfile", "-t", path], { encoding: "utf8" });
    expect(listed).toContain("Done testing");
    expect(memberOf("report.html").toString()).toContain("default-src 'none'");
  });

  test("is the same byte for byte when it is made again from the same data", async () => {
    const end = to();
    const [first, second] = [
      await download("acme", await packs.create("acme", request({ to: end }))),
      await download("acme", await packs.create("acme", request({ to: end }))),
    ];
    expect(createHash("sha256").update(first).digest("hex")).toBe(createHash("sha256").update(second).digest("hex"));
  });

  test("has the totals that PostgreSQL finds", async () => {
    const lines = memberOf("totals.jsonl").toString().trimEnd().split("\n");
    const totals = lines.map((line) => JSON.parse(line) as Record<string, string | null>);
    const [row] = await store.db.read("acme", (tx) =>
      tx.query<{ count: bigint; sum: bigint }>(
        `select count(*) as count, sum(net_minor) as sum from ledger_entries
         where deleted_at is null and content_hash is not null and ordered_at < now() and currency is not null`,
      ),
    );
    const net = totals.filter(({ table, amount }) => table === "ledger_entries" && amount === "net_minor");
    const sumOf = (name: string) => net.reduce((sum, total) => sum + BigInt(total[name] ?? "0"), 0n);
    expect(net.length).toBeGreaterThan(0);
    expect([sumOf("count"), sumOf("sum")]).toEqual([row?.count, row?.sum]);
  });

  test("has nothing of another tenant", () => {
    expect(archive.includes("umbrella")).toBe(false);
  });

  test("is verified by the program alone, copied out of the project", async () => {
    const alone = join(folder, "verify-evidence.ts");
    await copyFile("tools/verify-evidence.ts", alone);
    const output = execFileSync(process.execPath, [alone, path], { encoding: "utf8", cwd: folder });
    expect(output).toMatch(/ok\n$/);
    await writeFile(join(folder, "cut.zip"), archive.subarray(0, -1));
    expect(() => execFileSync(process.execPath, [alone, join(folder, "cut.zip")], { cwd: folder })).toThrow(
      "Command failed",
    );
  });
});

describe("tampering is named by the verifier", () => {
  test("any byte that is changed", async () => {
    const position = fc.integer({ min: 0, max: archive.byteLength - 1 });
    await fc.assert(
      fc.asyncProperty(position, fc.integer({ min: 1, max: 255 }), async (at, difference) => {
        const changed = Buffer.from(archive);
        changed[at] = (changed[at] ?? 0) ^ difference;
        expect(await verifyChanged(changed)).not.toEqual([]);
      }),
      { numRuns: amountOf({ short: 15, long: 1_000 }) },
    );
  });

  /** Verifies the archive with other rows of the audit trail, all hashes and a signature by another key. */
  async function verifyRows(change: (lines: string[]) => void) {
    const forged = await forgePack(content, "audit-entries.jsonl", change);
    const found = await verifyChanged(forged);
    const known = await verifyChanged(forged, { publicKey: Buffer.from(key.publicKey).toString("hex") });
    expect(known[0]?.problem).toContain("was signed by the key");
    return found;
  }
  let content: PackContent;
  beforeAll(() => void (content = readPack(path)));
  const rowAt = fc.integer({ min: 0, max: 39 });

  test("rows as they are, signed by another key, are accepted without the key, and refused with it", async () => {
    expect(await verifyRows(() => undefined)).toEqual([]);
  });

  test("any character of any row that is changed, even where everything else was made to fit", async () => {
    await fc.assert(
      fc.asyncProperty(rowAt, fc.nat(), async (row, at) => {
        const found = await verifyRows((lines) => {
          const entry = JSON.parse(lines[row] ?? "") as Record<string, string>;
          const body = entry["body"] ?? "";
          const place = at % body.length;
          entry["body"] = `${body.slice(0, place)}${body[place] === "x" ? "y" : "x"}${body.slice(place + 1)}`;
          lines[row] = JSON.stringify(entry);
        });
        expect(found).toMatchObject([
          {
            member: "audit-entries.jsonl",
            line: row + 1,
            problem: expect.stringContaining(`row ${row + 1} was changed`),
          },
        ]);
      }),
      { numRuns: amountOf({ short: 2, long: 100 }) },
    );
  });

  test("any row that is missing, those at the begin and the end included, and rows that were swapped", async () => {
    await fc.assert(
      fc.asyncProperty(rowAt, async (row) => {
        const missing = await verifyRows((lines) => void lines.splice(row, 1));
        expect(missing[0]).toMatchObject({
          member: "audit-entries.jsonl",
          problem: expect.stringMatching(/missing|begin/),
        });
        const swapped = await verifyRows((lines) => {
          const other = (row + 1) % 40;
          [lines[row], lines[other]] = [lines[other] ?? "", lines[row] ?? ""];
        });
        expect(swapped[0]).toMatchObject({ member: "audit-entries.jsonl" });
      }),
      { numRuns: amountOf({ short: 2, long: 60 }) },
    );
    const rows = (await readChain(store, "acme")).length;
    expect(await verifyRows((lines) => void lines.splice(20))).toMatchObject([
      { problem: expect.stringContaining(`must end with row ${rows}:`) },
    ]);
    expect(await verifyRows((lines) => void lines.splice(0))).not.toEqual([]);
  });

  test("an archive that is truncated or has something appended", async () => {
    for (const length of [0, 10, 97, archive.byteLength >> 1, archive.byteLength - 1])
      expect(await verifyChanged(archive.subarray(0, length))).not.toEqual([]);
    expect(await verifyChanged(Buffer.concat([archive, Buffer.from("x")]))).toMatchObject([{ member: "archive" }]);
  });

  test("a manifest that another key has signed", async () => {
    const found = await verifyChanged(archive, { publicKey: "ab".repeat(32) });
    expect(found).toMatchObject([
      { member: "manifest.json", problem: expect.stringContaining("was signed by the key") },
    ]);
  });

  test("an audit trail that went back: an exported head that the archive does not have", async () => {
    const rows = await readChain(store, "acme");
    const last = rows.at(-1);
    const head = { sequence: String(last?.sequence), hash: last?.hash.toString("hex") ?? "" };
    expect(await verifyChanged(archive, { head })).toEqual([]);
    expect(await verifyChanged(archive, { head: { ...head, hash: "00".repeat(32) } })).toMatchObject([
      { problem: expect.stringContaining("another hash than the exported head") },
    ]);
    expect(await verifyChanged(archive, { head: { ...head, sequence: String(rows.length + 1) } })).toMatchObject([
      { problem: expect.stringContaining("the trail went back") },
    ]);
  });
});

describe("a pack in the making", () => {
  test("the same key returns the same pack, and is refused for another request", async () => {
    const first = request({ idempotencyKey: "once" });
    const id = await packs.create("acme", first);
    expect(await packs.create("acme", first)).toBe(id);
    await expect(packs.create("acme", { ...first, from: "2001-01-01T00:00:00Z" })).rejects.toThrow("other values");
  });

  test("is begun again by another process when the first one dies, and cannot be written by the first one any more", async () => {
    const tenantId = "umbrella";
    const id = await store.db.transaction(tenantId, (tx) => insertPack(tx, request()));
    const claimed = await store.db.transaction(tenantId, (tx) => claimPack(tx, id, "dead"));
    if (claimed === undefined) return; // the running process was faster, which the next lines then show
    const piece = { first: 0, pieces: [Buffer.from("partial")], written: 1 };
    await store.db.transaction(tenantId, (tx) => storePieces(tx, claimed.lease, piece));
    await store.db.transaction(tenantId, (tx) =>
      tx.query("update evidence_packs set lease_until = now() - interval '1 second' where id = $1", [id]),
    );
    const bytes = await download(tenantId, id);
    expect(await verifyChanged(bytes)).toEqual([]);
    await expect(store.db.transaction(tenantId, (tx) => storePieces(tx, claimed.lease, piece))).rejects.toThrow(
      "LEASE_LOST",
    );
  });

  test("that is canceled has no bytes, and stays canceled", async () => {
    await packs.close(5_000); // nobody writes it
    const id = await packs.create("acme", request());
    await packs.cancel("acme", id);
    await packs.cancel("acme", id);
    expect(await statusOf("acme", id)).toMatchObject({ status: "CANCELED" });
    await expect(packs.open("acme", id)).rejects.toThrow("NOT_FOUND");
    await expect(packs.cancel("umbrella", id)).rejects.toThrow("NOT_FOUND");
  });

  test("a period without rows of the audit trail has no ends of it", async () => {
    const scope = { tenantId: "nobody", from: "2000-01-01T00:00:00Z", to: to(), sourceIds: null, findingId: null };
    const range = await store.db.read("nobody", (tx) =>
      readChainRange({ ...scope, tx, rows: () => emptyRows(), onWritten: () => undefined }),
    );
    expect(range).toBeUndefined();
  });
});

async function* emptyRows<Row>(): AsyncGenerator<Row, void> {}
