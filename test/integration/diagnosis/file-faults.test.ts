import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { findHealth } from "../../../src/diagnosis/find-health.ts";
import { applyFile } from "../../../src/ingest/statements/apply-file.ts";
import { atTime } from "../../helpers/at-time.ts";
import { bankSource } from "../../helpers/bank-files.ts";
import { bankYear } from "../../helpers/bank-year.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FileService, startFileService } from "../../helpers/file-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** Statements of one account, one day after the other. */
const [first, second, third, fourth] = [...bankYear(4, 2)].filter(({ account }) => account === 0).map(({ xml }) => xml);
const SIX_MINUTES_MS = 360_000;

let store: TestStore;
let service: FileService;
beforeAll(async () => {
  store = await useStore();
  service = await startFileService({ connection: store.connection, sources: [bankSource()], applyFile });
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

async function diagnosesAt(epochMs = Date.now()) {
  const [health] = await store.db.read("acme", (tx) => findHealth(atTime(tx, epochMs), ["bank"]));
  return health?.diagnoses ?? [];
}

const rulesAt = async (epochMs?: number) => (await diagnosesAt(epochMs)).map(({ rule }) => rule);
const upload = async (xml = "") => (await service.put("bank", xml)).status;

/** Keeps parts of statements from being written until the end of the scope. */
async function lockStatements(): Promise<AsyncDisposable> {
  const client = new pg.Client(store.connection);
  await client.connect();
  await client.query("begin");
  await client.query("lock table sluice.statement_parts in exclusive mode");
  return { [Symbol.asyncDispose]: () => client.end() };
}

test("a bank of which nothing was read is diagnosed until its first file is stored, although it has no runs (NEVER_READ)", async () => {
  expect(await rulesAt()).toEqual(["NEVER_READ"]);
  expect(await upload(first)).toBe(201);
  expect(await rulesAt()).toEqual([]);
});

test("a file that a locked table keeps from being applied is diagnosed after five minutes, until it is (FILES_WAITING)", async () => {
  let answer: Promise<number>;
  let later: number;
  {
    await using _lock = await lockStatements();
    answer = upload(second);
    await eventually("the file to be accepted", async () => {
      const waiting = await service.query("select from files where status = 'ACCEPTED'");
      return waiting.length === 1;
    });
    later = Date.now() + SIX_MINUTES_MS;
    expect(await diagnosesAt(later)).toMatchObject([
      { rule: "FILES_WAITING", state: "CATCHING_UP", cause: "ASYNC_BOTTLENECK", evidence: [{ kind: "FILE" }] },
    ]);
    expect(await rulesAt()).toEqual([]); // after seconds it is no fault
  }
  await answer;
  await eventually("the file to be applied", async () => (await rulesAt(later)).length === 0);
});

test("a statement that is missing between two others is diagnosed by its finding, until it arrives (FINDING_OPEN)", async () => {
  expect(await upload(fourth)).toBe(201);
  expect(await diagnosesAt()).toMatchObject([
    {
      rule: "FINDING_OPEN",
      state: "OUT_OF_STEP",
      cause: "ASYNC_BOTTLENECK",
      sentence: expect.stringMatching(/statement/i),
      evidence: [{ kind: "FINDING" }],
    },
  ]);
  expect(await upload(third)).toBe(201);
  expect(await rulesAt()).toEqual([]);
});

test("a file that cannot be parsed is named as evidence, and the cause is its format (RECORDS_QUARANTINED)", async () => {
  const { status } = await service.put("bank", "<Document>");
  expect(status).toBe(422);
  const [refused] = await service.query("select id from files where status = 'REFUSED'");
  expect(await diagnosesAt()).toMatchObject([
    {
      rule: "RECORDS_QUARANTINED",
      state: "OUT_OF_STEP",
      cause: "FORMAT_MISMATCH",
      evidence: [{ kind: "SOURCE" }, { kind: "QUARANTINED_RECORD" }, { kind: "FILE", id: refused?.["id"] }],
    },
  ]);
});
