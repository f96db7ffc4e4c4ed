import pg from "pg";
import { expect, test } from "@jest/globals";
import { followSlot } from "../../../src/protocols/postgres-cdc/follow-slot.ts";
import { preflight } from "../../../src/protocols/postgres-cdc/preflight/preflight.ts";
import { TableReader } from "../../../src/protocols/postgres-cdc/snapshot/table-reader.ts";
import { useOlderCdcServer } from "../../helpers/cdc-server.ts";
import { WAIT_LIMIT_MS } from "../../helpers/eventually.ts";

test("PostgreSQL 15, or 18 alone where that is not installed, is checked, read and followed", async () => {
  await using older = await useOlderCdcServer();
  const { address } = older;
  const client = new pg.Client({ ...address, password: undefined, ssl: false });
  await client.connect();
  await client.query("create table entries (id int primary key, note text); insert into entries values (1, 'old')");
  await client.query("create publication changes for table entries");
  const signal = AbortSignal.timeout(WAIT_LIMIT_MS);
  const tables = [{ schema: "public", name: "entries" }];
  expect(await preflight({ address, slot: "s", publications: ["changes"], tables, signal })).toEqual([]);
  const followed = followSlot({
    address,
    slot: "s",
    publications: ["changes"],
    position: undefined,
    nowMs: Date.now,
    signal,
  });
  const events = followed.events[Symbol.asyncIterator]();
  expect((await events.next()).value).toMatchObject({ type: "position" });
  await client.query("update entries set note = 'new'");
  const reader = await TableReader.open(address, signal);
  const { rows } = await reader.readChunk({ schema: "public", name: "entries", key: ["id"] }, undefined, 10);
  expect(rows.map(({ values }) => values)).toEqual([["1", "new"]]);
  let changedAt: bigint | undefined;
  while (changedAt === undefined) {
    const { value } = await events.next();
    if (value.type === "update") changedAt = value.lsn;
  }
  expect(rows[0]?.version.from).toBeGreaterThan(changedAt);
  await reader.close();
  await followed.close();
  await client.end();
});
