import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { IncomingEntry } from "../../../src/ingest/statements/match-entries.ts";
import { findKnown } from "../../../src/ingest/statements/find-known.ts";
import { findRevisable } from "../../../src/ingest/statements/find-revisable.ts";
import type { PageCopy } from "../../../src/ingest/statements/page-copy.ts";
import { findUnresolved, resolveTransactions } from "../../../src/ingest/statements/resolve-transactions.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { bankSource, bringFile, camt, type EntryText } from "../../helpers/bank-files.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const DAYS = 25;
let store: TestStore;
let copy: PageCopy;
let entries: readonly IncomingEntry[];
let keys: readonly string[];
let ids: readonly string[];

beforeAll(async () => {
  store = await useStore();
  for (let day = 0; day < DAYS; day += 1) await bringDay(day);
  // Statements of other accounts, so that the table is too large to be read as a whole.
  await store.db.transaction("acme", (tx) =>
    tx.query(
      `insert into statements (tenant_id, source_id, ordered_at, id, external_id, version_from, version_until, finality,
         observed_at, written_at, via, raw_path, account_id, last_day)
       select 'acme', 'bank', now(), 'other-' || n, 'other-' || n, 1, 1, 0, now(), now(), 'FILE', '', 'account-' || n, '2026-01-10'
       from generate_series(1, 3000) as n`,
    ),
  );
  const rows = await store.db.read("acme", (tx) =>
    tx.query<Record<string, string>>(
      `select entry.* from statement_entries as entry join bank_transactions as stored on stored.id = transaction_id
       where entry.status = 'PENDING' and stored.status <> 'BOOKED' order by day desc limit 20`,
    ),
  );
  const [row] = rows;
  if (row === undefined) throw new Error("some entries are pending");
  copy = {
    statementId: String(row["statement_id"]),
    accountId: String(row["account_id"]),
    page: 1,
    fileId: "new",
    occurrence: 0,
  };
  entries = rows.map((one, index) => ({
    entryIndex: index,
    coreKey: String(one["core_key"]),
    fingerprint: "",
    status: "PENDING",
    booked: undefined,
    day: String(one["day"]),
    references: [],
    textKey: undefined,
  }));
  ids = rows.map((one) => String(one["transaction_id"]));
  keys = (
    await store.db.read("acme", (tx) =>
      tx.query<{ key: string }>("select reference_key as key from bank_entry_references limit 20"),
    )
  ).map(({ key }) => key);
});
afterAll(async () => store[Symbol.asyncDispose]());

/** A statement and a report of a day for each of some accounts. */
async function bringDay(day: number): Promise<void> {
  const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
  const entry = (n: number): EntryText => ({
    amount: `${n + 1}.00`,
    booked: date,
    reference: `R${day}-${n}`,
    text: `text ${n}`,
  });
  const booked = Array.from({ length: 20 }, (_, n) => entry(n));
  const waiting = [...booked.slice(0, 3), { ...entry(90), reference: `NEVER${day}` }];
  const pending = waiting.map((one) => ({ ...one, status: "PDNG", booked: "", valued: date }));
  const ibans = ["DE89370400440532013000", "GB82WEST12345698765432"];
  const message = { day: date, created: `${date}T20:00:00Z`, id: `D${day}` };
  const of = (rows: readonly EntryText[], tail: string) =>
    ibans.map((iban) => ({ ...message, id: `D${day}${tail}`, iban, entries: rows }));
  await bringFile(store.db, bankSource(), camt("053.08", of(booked, "S"), `S${day}`));
  await bringFile(store.db, bankSource(), camt("052.08", of([...pending, ...booked.slice(10)], "R"), `R${day}`));
}

const account = () => ({ sourceId: "bank", accountId: copy.accountId });
const WORK: readonly [name: string, indexes: readonly string[], work: (tx: Transaction) => Promise<unknown>][] = [
  ["bookings of one amount", ["statement_entries_by_core"], (tx) => findKnown(tx, copy, entries)],
  [
    "bookings of one reference",
    ["bank_entry_references_pkey", "statement_entries_pkey", "statement_entries_by_transaction"],
    (tx) =>
      findRevisable(
        tx,
        copy,
        entries,
        new Map(entries.map(({ entryIndex }, n) => [entryIndex, [{ key: keys[n] ?? "", scheme: "acctSvcrRef" }]])),
      ),
  ],
  [
    "transactions that a message may withdraw",
    ["statement_entries_pkey", "bank_transactions_not_booked"],
    (tx) => findUnresolved(tx, copy),
  ],
  [
    "what transactions are",
    ["statement_entries_by_transaction", "statement_parts_pkey", "statements_by_account", "bank_transactions_pkey"],
    (tx) => resolveTransactions(tx, account(), ids),
  ],
];

async function expectIndexes(indexes: readonly string[], work: (tx: Transaction) => Promise<unknown>): Promise<void> {
  const nodes = await plansOfWork(store, work);
  expect(nodes.map((node) => node["Index Name"])).toEqual(expect.arrayContaining([...indexes]));
  // The policy of each table asks for erasures: a handful of rows.
  const scanned = nodes
    .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] !== "source_erasures")
    .map((node) => node["Relation Name"]);
  expect(scanned).toEqual([]);
}

describe("query plans for storing a message", () => {
  beforeAll(() => analyze(store));

  test.each(WORK)("%s are found by %p, and no whole table is read (C30, C34)", async (_name, indexes, work) => {
    await expectIndexes(indexes, work);
  });
});
