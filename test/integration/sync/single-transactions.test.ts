import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { pino } from "pino";
import type { ObjectMessage, RecordMessage, TombstoneMessage } from "../../../src/connector-api/messages.ts";
import type { BankTransactionRecord, DomainRecord } from "../../../src/domain/entities.ts";
import { entityId } from "../../../src/domain/ids.ts";
import type { Source } from "../../../src/sources/source.ts";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { type Page, scriptedSource } from "../../fakes/scripted-connector.ts";
import { bankTransactionRecord, day } from "../../helpers/bank-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type GraphServer, useGraphServer } from "../../helpers/graph-server.ts";
import { accountRecord, addSource, balanceRecord, euro, payoutRecord, putRecords } from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";
import { at, EMPTY_PAYLOAD } from "../../helpers/messages.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";

/** A source without statements: it has accounts, their balances and single transactions. */
const pages: Page[] = [];
const source: Source = scriptedSource({
  pages: { transactions: pages },
  entities: ["Account", "Balance", "BankTransaction"],
  renames: ["BankTransaction"],
});

let graph: GraphServer;
let engine: SyncEngine;
beforeAll(async () => {
  graph = await useGraphServer();
  await registerSources(graph.database, [source]);
  engine = openSyncEngine({
    db: graph.database,
    sources: registryOf([source]),
    log: pino({ level: "silent" }),
    wakeUps: createWakeUps(),
  });
});
afterAll(async () => {
  await engine.close();
  await graph[Symbol.asyncDispose]();
});

const raw = { payload: EMPTY_PAYLOAD, path: "" };
let moment = 0n;
const record = (actual: DomainRecord, replaces?: string): RecordMessage => ({
  type: "record",
  record: actual,
  ...(replaces !== undefined && { replaces }),
  version: at(moment),
  raw,
  unknowns: [],
});
const tombstone = (externalId: string): TombstoneMessage => ({
  type: "tombstone",
  entity: "BankTransaction",
  externalId,
  version: at(moment),
  raw,
});

function transaction(externalId: string, changes: Partial<BankTransactionRecord> = {}): BankTransactionRecord {
  return bankTransactionRecord(externalId, 3, {
    accountExternalId: "acct_1",
    statementExternalId: undefined,
    ...changes,
  });
}

/** One more page of the source, read completely by a poll. */
async function poll(...messages: readonly ObjectMessage[]): Promise<void> {
  pages.push(() => messages);
  const input = { streams: undefined, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined } as const;
  const { runId } = await engine.startSync("acme", source.id, input);
  await eventually("the run", async () => {
    const { data } = await graph.query(`{ syncRun(id: "${runId}") { status } }`);
    return data.syncRun.status === "SUCCEEDED";
  });
  moment += 1n;
}

async function ask(query: string) {
  const { data, errors } = await graph.query(query);
  expect(errors).toEqual([]);
  return data;
}
const list = async (filter: string) =>
  (await ask(`{ bankTransactions(filter: {${filter}}) { nodes { externalId status } } }`)).bankTransactions.nodes;

test("single transactions are accounts' entries without statements, through pending, posted, found and deleted", async () => {
  const pending = { status: "PENDING", rawStatus: "pending", booked: undefined } as const;
  const text = { remittance: "Coffee Roasters 4711", searchText: "Coffee Roasters 4711" };
  await poll(
    record(accountRecord(1)),
    record(balanceRecord(1)),
    record(transaction("pending-1", { ...pending, ...text })),
    record(transaction("lone", { direction: "DEBIT", searchText: "Rent" })),
  );
  const account = entityId("acme", source.id, "Account", "acct_1");
  const actual = await ask(`{ account(id: "${account}") {
    balances { money { amount } } bankTransactions { nodes {
      externalId statement { id } reportedBy { id } details { nodes { direction } } account { externalId } sourceIds { externalId isCurrent firstSeenAt }
    } } } }`);
  expect(actual.account.balances).toEqual([{ money: { amount: "50.00" } }]);
  const bare = { statement: null, reportedBy: [], details: { nodes: [] }, account: { externalId: "acct_1" } };
  const lone = (externalId: string) => ({
    ...bare,
    externalId,
    sourceIds: [{ externalId, isCurrent: true, firstSeenAt: null }],
  });
  expect(actual.account.bankTransactions.nodes).toEqual(expect.arrayContaining([lone("pending-1"), lone("lone")]));
  expect(await list("status: [PENDING]")).toEqual([{ externalId: "pending-1", status: "PENDING" }]);
  expect(await list('text: "coffee 47"')).toEqual([{ externalId: "pending-1", status: "PENDING" }]);

  await poll(record(transaction("posted-1", text), "pending-1"), tombstone("pending-1"));
  const posted = [{ externalId: "pending-1", status: "BOOKED" }];
  expect(await list('text: "coffee 47"')).toEqual(posted);
  expect(await list('externalId: "posted-1"')).toEqual(posted);
  expect(await list(`account: "${account}", status: [PENDING]`)).toEqual([]);

  await poll(tombstone("posted-1"));
  expect(await list("")).toEqual([{ externalId: "lone", status: "BOOKED" }]);
});

test("a transaction is found by every id that its source has had for it", async () => {
  await poll(record(transaction("p-a")));
  await poll(record(transaction("p-b"), "p-a"), record(transaction("p-c", { searchText: "third" }), "p-b"));
  const id = entityId("acme", source.id, "BankTransaction", "p-a");
  const keys = ["p-a", "p-b", "p-c"];
  const representations = keys.map(
    (externalId) => `{ __typename: "BankTransaction", source: { id: "main" }, externalId: "${externalId}" }`,
  );
  const found = await ask(`{ _entities(representations: [${representations.join(", ")}]) {
    ... on BankTransaction { id externalId sourceIds { externalId isCurrent } } } }`);
  const sourceIds = keys.map((externalId) => ({ externalId, isCurrent: externalId === "p-c" }));
  expect(found._entities).toEqual(keys.map(() => ({ id, externalId: "p-a", sourceIds })));
  for (const externalId of keys) {
    const own = entityId("acme", source.id, "BankTransaction", externalId);
    expect(await ask(`{ node(id: "${own}") { id } bankTransaction(id: "${own}", maxAge: 1) { id } }`)).toEqual({
      node: { id },
      bankTransaction: { id },
    });
  }
});

test("two that turn out to be one delete the later one, and its references resolve to the other", async () => {
  await poll(record(transaction("m-a", { searchText: "merging" })));
  await poll(record(transaction("m-c", { searchText: "merging" }), "m-b"));
  expect(await list('text: "merging"')).toHaveLength(2);
  await poll(record(transaction("m-b", { searchText: "merging" }), "m-a"));
  expect(await list('text: "merging"')).toEqual([{ externalId: "m-a", status: "BOOKED" }]);
  const key = '{ __typename: "BankTransaction", source: { id: "main" }, externalId: "m-b" }';
  const found = await ask(
    `{ _entities(representations: [${key}]) { ... on BankTransaction { externalId deletedAt } } }`,
  );
  expect(found._entities).toEqual([{ externalId: "m-a", deletedAt: null }]);
});

test("a payout is matched with its bank transaction, which keeps its match when it is posted", async () => {
  const payout = { ...payoutRecord(7), amount: euro(77_700n), arrivalDate: day(4) };
  const arrival = { amount: euro(77_700n), booked: { date: day(4), time: undefined } };
  const processor = { database: graph.database, tenantId: "acme", sourceId: "processor" };
  await addSource(processor);
  await putRecords(processor, [payout]);
  await poll(record(transaction("arrival", { ...arrival, status: "PENDING" })));
  const id = entityId("acme", "processor", "Payout", "po_7");
  const match = async () => {
    await matchEverything({ database: graph.database, tenantId: "acme" });
    const { payout: listed } = await ask(
      `{ payout(id: "${id}") { bankTransaction { bankTransaction { externalId } } } }`,
    );
    return listed.bankTransaction;
  };
  expect(await match()).toBeNull(); // a pending transaction has not arrived
  await poll(record(transaction("arrived", arrival), "arrival"));
  expect(await match()).toEqual({ bankTransaction: { externalId: "arrival" } });
});
