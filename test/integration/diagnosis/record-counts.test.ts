import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { findHealth } from "../../../src/diagnosis/find-health.ts";
import { recordCount } from "../../../src/ingest/polling/record-counts.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await useStore();
});
afterAll(async () => store[Symbol.asyncDispose]());

const sql = (text: string, values: readonly unknown[] = []) =>
  store.db.transaction("acme", (tx) => tx.query(text, values));

let runs = 0;
/** Ends a read of the stream `payments` with each of these numbers of records. */
async function read(sourceId: string, mode: "FULL" | "INCREMENTAL", counts: readonly number[]): Promise<void> {
  for (const records of counts) {
    const runId = `run_${(runs += 1)}`;
    await store.db.transaction("acme", async (tx) => {
      await tx.query(
        `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, records, next_attempt_at, finished_at)
         values ('acme', $1, 'payments', $2, 'SUCCEEDED', $3, now(), now())`,
        [runId, sourceId, records],
      );
      await recordCount(tx, { sourceId, stream: "payments", mode, runId } as Parameters<typeof recordCount>[1]); // what it reads of it
    });
  }
}

async function rulesOf(sourceId: string): Promise<readonly string[]> {
  const [health] = await store.db.read("acme", (tx) => findHealth(tx, [sourceId]));
  return health?.diagnoses.map(({ rule }) => rule) ?? [];
}

async function addRead(sourceId: string): Promise<void> {
  await addSource({ database: store.db, tenantId: "acme", sourceId });
  await sql(
    "insert into stream_states (tenant_id, source_id, stream, last_success_at) values ('acme', $1, 'payments', now())",
    [sourceId],
  );
}

describe("a read that succeeds with far fewer records than usual (F122)", () => {
  test("is a state with a reason until a usual one succeeds", async () => {
    await addRead("full");
    await read("full", "FULL", [100, 102, 103, 103, 105]);
    expect(await rulesOf("full")).toEqual([]);
    await read("full", "FULL", [0]);
    expect(await rulesOf("full")).toEqual(["FEW_RECORDS"]);
    await read("full", "FULL", [3, 1]);
    expect(await rulesOf("full")).toEqual(["FEW_RECORDS"]);
    await read("full", "FULL", [99]);
    expect(await rulesOf("full")).toEqual([]);
  });

  test("becomes the usual one after seven days", async () => {
    await addRead("smaller");
    await read("smaller", "FULL", [100, 102, 103, 103, 105, 5]);
    await sql("update stream_record_counts set low_since = now() - interval '8 days' where source_id = 'smaller'");
    expect(await rulesOf("smaller")).toEqual(["FEW_RECORDS"]);
    await read("smaller", "FULL", [5]);
    expect(await rulesOf("smaller")).toEqual([]);
  });

  test.each([
    ["a read of changes where their number varies", "INCREMENTAL", [60, 2, 30, 50, 20, 15, 0]],
    ["a read of changes that found about as many each time", "INCREMENTAL", [74, 70, 73, 75, 74, 76, 7, 0]],
    ["a small stream", "FULL", [3, 3, 3, 3, 3, 3, 0]],
    ["a half of the usual number", "FULL", [100, 100, 100, 100, 100, 50]],
    ["the first reads", "FULL", [100, 100, 100, 0]],
  ] as const)("is not concluded from %s", async (_what, mode, counts) => {
    const sourceId = `calm-${counts.join("-")}`;
    await addRead(sourceId);
    await read(sourceId, mode, counts);
    expect(await rulesOf(sourceId)).toEqual([]);
  });
});

test("a first read without any record is a state with a reason, until a record is found (F122)", async () => {
  await addRead("empty");
  await read("empty", "INCREMENTAL", [0, 0]);
  expect(await rulesOf("empty")).toEqual(["FIRST_READ_EMPTY"]);
  await read("empty", "INCREMENTAL", [1, 0]);
  expect(await rulesOf("empty")).toEqual([]);
});

test("at most twelve counts are kept, and idle reads of changes write nothing", async () => {
  await addRead("kept");
  await read(
    "kept",
    "FULL",
    Array.from({ length: 15 }, (_, n) => 100 + n),
  );
  const [row] = await sql("select counts::text from stream_record_counts where source_id = 'kept'");
  expect(row).toEqual({ counts: "{103,104,105,106,107,108,109,110,111,112,113,114}" });
  await read("kept", "INCREMENTAL", [0]);
  const idle = "select xmin::text from stream_record_counts where source_id = 'kept' and mode = 'INCREMENTAL'";
  const before = await sql(idle);
  await read("kept", "INCREMENTAL", [0]);
  expect(await sql(idle)).toEqual(before);
});
