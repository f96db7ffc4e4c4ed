import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { verify } from "node:crypto";
import pg from "pg";
import { appendServiceEntry } from "../../../src/audit/service-entry.ts";
import { cutTrail } from "../../../src/audit/cut-trail.ts";
import { headBytes, signGrownHeads } from "../../../src/audit/sign-head.ts";
import { loadSigningKey, type SigningKey } from "../../../src/audit/signing-key.ts";
import { createKeyring } from "../../../src/sources/secrets/keyring.ts";
import { hashOf, readChain } from "../../helpers/audit-chain.ts";
import { nodesOf, type Plan } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
let owner: pg.Client;
let key: SigningKey;
beforeAll(async () => {
  store = await useStore();
  owner = new pg.Client(store.connection);
  await owner.connect();
  key = await loadSigningKey(store.db, createKeyring(undefined, []));
});
afterAll(async () => {
  await owner.end();
  await store[Symbol.asyncDispose]();
});

const append = (tenantId: string, text: string) =>
  store.db.transaction(tenantId, (tx) => appendServiceEntry(tx, { action: "test.entry", arguments: { text } }));
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "nothing was refused",
    (reason: unknown) =>
      `${String(reason)} ${reason instanceof Error && reason.cause instanceof Error ? reason.cause.message : ""}`,
  );
const NEVER = new AbortController().signal;

describe("the chain", () => {
  test("concurrent writers of several tenants leave chains without gaps, whose hashes are those of the documented bytes", async () => {
    const texts = ["plain", "é 漢 🦊", "\u0000 \ud800", "x".repeat(20_000)];
    await Promise.all(
      ["acme", "umbrella"].flatMap((tenantId) =>
        Array.from({ length: 40 }, (_, n) => append(tenantId, `${texts[n % texts.length]} ${n}`)),
      ),
    );
    for (const tenantId of ["acme", "umbrella"]) {
      const rows = await readChain(store, tenantId);
      expect(rows.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
      let previous: Uint8Array = Buffer.alloc(32);
      for (const row of rows) {
        expect(row.previousHash.equals(previous)).toBe(true);
        expect(row.hash.equals(hashOf(tenantId, row))).toBe(true);
        previous = row.hash;
      }
    }
  });

  test("several rows of one statement follow each other", async () => {
    await store.db.transaction("several", (tx) =>
      tx.query(
        `insert into audit_entries (tenant_id, body) select 'several', '{"n":' || n || '}' from generate_series(1, 5) as n`,
      ),
    );
    const rows = await readChain(store, "several");
    expect(rows).toHaveLength(5);
    rows.slice(1).forEach((row, n) => expect(row.previousHash.equals(rows[n]?.hash ?? Buffer.alloc(0))).toBe(true));
  });

  test("a row of a transaction that is rolled back leaves no gap", async () => {
    await append("gapless", "first");
    await store.db
      .transaction("gapless", async (tx) => {
        await appendServiceEntry(tx, { action: "test.entry", arguments: {} });
        throw new Error("undone");
      })
      .catch(() => undefined);
    await append("gapless", "second");
    expect((await readChain(store, "gapless")).map(({ sequence }) => Number(sequence))).toEqual([1, 2]);
  });
});

describe("rights", () => {
  beforeAll(() => append("guarded", "row"));

  test.each([
    ["update audit_entries set body = '{}'"],
    ["delete from audit_entries"],
    ["truncate audit_entries"],
    ["update audit_heads set reason = 'SCHEDULE'"],
    ["delete from audit_heads"],
    ["insert into audit_entries (tenant_id, body, sequence) values ('guarded', '{}', 99)"],
    ["insert into audit_entries (tenant_id, body, hash) values ('guarded', '{}', '\\x00')"],
    ["insert into audit_entries (tenant_id, body) values ('acme', '{}')"],
  ])("the service's role may not run: %s", async (statement) => {
    const refusal = await refusalOf(store.db.transaction("guarded", (tx) => tx.query(statement)));
    expect(refusal).toMatch(/permission denied|row-level security/);
  });

  test.each([
    ["update sluice.audit_entries set body = '{}' where tenant_id = 'guarded'"],
    ["delete from sluice.audit_entries where tenant_id = 'guarded'"],
    ["truncate sluice.audit_entries"],
  ])("the owner of the tables may not run: %s", async (statement) => {
    expect(await refusalOf(owner.query(statement))).toContain("never changed or deleted");
  });

  test("a head that the chain does not have is refused", async () => {
    const refusal = await refusalOf(
      store.db.transaction("guarded", (tx) =>
        tx.query(
          `insert into audit_heads (tenant_id, sequence, hash, signed_at, reason, public_key, signature)
           values ('guarded', 1, decode(repeat('ab', 32), 'hex'), now(), 'RETENTION', decode(repeat('00', 32), 'hex'), decode(repeat('00', 64), 'hex'))`,
        ),
      ),
    );
    expect(refusal).toContain("no row with this number and hash");
  });

  test("another tenant's rows are not visible", async () => {
    const rows = await store.db.read("umbrella", (tx) =>
      tx.query("select from audit_entries where tenant_id = 'guarded'"),
    );
    expect(rows).toEqual([]);
  });
});

describe("heads", () => {
  test("every chain that has grown is signed once, with a signature that the public key verifies", async () => {
    await append("signed", "one");
    await signGrownHeads(store.db, key, NEVER);
    await signGrownHeads(store.db, key, NEVER);
    const heads = await store.db.read("signed", (tx) =>
      tx.query<{ sequence: bigint; hash: Buffer; signedAt: string; publicKey: Buffer; signature: Buffer }>(
        `select sequence, hash, signed_at as "signedAt", public_key as "publicKey", signature from audit_heads`,
      ),
    );
    expect(heads).toHaveLength(1);
    const [head] = heads;
    if (head === undefined) throw new Error("no head");
    const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), head.publicKey]);
    const publicKey = { key: spki, type: "spki", format: "der" } as const;
    expect(verify(null, headBytes("signed", head), publicKey, head.signature)).toBe(true);
    expect(verify(null, headBytes("other", head), publicKey, head.signature)).toBe(false);
  });

  test("the heads of hundreds of tenants are signed by a few statements, which read each chain by its index", async () => {
    const tenants = 1_200;
    await owner.query(
      `insert into sluice.audit_entries (tenant_id, body)
       select 'many-' || lpad(tenant::text, 5, '0'), '{}' from generate_series(1, $1) as tenant, generate_series(1, 3)`,
      [tenants],
    );
    await owner.query("analyze sluice.audit_entries, sluice.audit_heads");
    const texts: string[] = [];
    const counted = {
      acrossTenants: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]> => {
        texts.push(text);
        return store.db.acrossTenants<Row>(text, values);
      },
    };
    await signGrownHeads(counted, key, NEVER);
    expect(texts.length).toBeLessThan(10);
    const signed = await owner.query(
      "select sequence from sluice.audit_heads where tenant_id like 'many-%' and reason = 'SCHEDULE'",
    );
    expect(signed.rows).toEqual(Array.from({ length: tenants }, () => ({ sequence: "3" })));
    texts.length = 0;
    await signGrownHeads(counted, key, NEVER);
    const [text = ""] = texts;
    expect(texts).toHaveLength(1); // no chain has grown
    const explained = await owner.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(
      `explain (format json) ${text.replaceAll(/ (from|join) (audit_)/g, " $1 sluice.$2")}`,
      [""],
    );
    const read = nodesOf(explained.rows[0]?.["QUERY PLAN"][0].Plan ?? { "Node Type": "missing" }).filter(
      (node) => node["Relation Name"] !== undefined,
    );
    expect(read).not.toEqual([]);
    expect(read.map((node) => node["Node Type"]).filter((type) => !type.startsWith("Index"))).toEqual([]);
  });

  test("a process cannot store a head that the chain does not have, or one that lets rows be deleted", async () => {
    await append("guarded", "two");
    const add = (reason: string, sequence: bigint) =>
      store.db.acrossTenants(
        `insert into audit_heads (tenant_id, sequence, hash, signed_at, reason, public_key, signature)
         select tenant_id, $2, hash, now(), $1, decode(repeat('00', 32), 'hex'), decode(repeat('00', 64), 'hex')
         from audit_entries where tenant_id = 'guarded' order by sequence limit 1`,
        [reason, sequence],
      );
    expect(await refusalOf(add("RETENTION", 1n))).toContain("row-level security");
    expect(await refusalOf(add("SCHEDULE", 2n))).toContain("no row with this number and hash");
  });

  test("all replicas sign with one key, which a master key encrypts once there is one", async () => {
    const keyring = createKeyring(Buffer.alloc(32, 7), []);
    const [first, second] = await Promise.all([loadSigningKey(store.db, keyring), loadSigningKey(store.db, keyring)]);
    expect(Buffer.from(first.publicKey).equals(Buffer.from(second.publicKey))).toBe(true);
    expect(Buffer.from(first.publicKey).equals(Buffer.from(key.publicKey))).toBe(false);
    const replaced = createKeyring(Buffer.alloc(32, 8), [Buffer.alloc(32, 7)]);
    await loadSigningKey(store.db, replaced);
    const alone = await loadSigningKey(store.db, createKeyring(Buffer.alloc(32, 8), []));
    expect(Buffer.from(alone.publicKey).equals(Buffer.from(first.publicKey))).toBe(true);
    const failure = await refusalOf(loadSigningKey(store.db, createKeyring(Buffer.alloc(32, 9), [])));
    expect(failure).toContain("SECRETS_KEY_MISSING");
  });
});

describe("retention", () => {
  test("deletes rows behind a signed head alone, keeps that head, and records it", async () => {
    const tenantId = "cut";
    for (const text of ["a", "b", "c"]) await append(tenantId, text);
    expect(await cutTrail({ db: store.db, tenantId, key, days: 1, signal: NEVER })).toBe(0n);
    expect(await cutTrail({ db: store.db, tenantId, key, days: 0, signal: NEVER })).toBe(2n);
    const rows = await readChain(store, tenantId);
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual([3, 4]);
    expect(JSON.parse(rows.at(-1)?.body ?? "")).toMatchObject({
      action: "retention.cut",
      arguments: { days: 0, fromSequence: "1", beforeSequence: "3" },
    });
    const heads = await store.db.read(tenantId, (tx) =>
      tx.query<{ sequence: bigint; hash: Buffer }>("select sequence, hash from audit_heads where reason = 'RETENTION'"),
    );
    expect(heads).toMatchObject([{ sequence: 3n }]);
    expect(heads[0]?.hash.equals(rows[0]?.hash ?? Buffer.alloc(0))).toBe(true);
    // Rows that no signed head allows to be deleted are kept, also from the owner of the table.
    expect(await refusalOf(owner.query("delete from sluice.audit_entries where tenant_id = 'cut'"))).toContain(
      "never changed",
    );
    expect(await refusalOf(owner.query("delete from sluice.audit_heads where tenant_id = 'cut'"))).toContain(
      "never changed",
    );
  });
});
