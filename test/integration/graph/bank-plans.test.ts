import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { entityId } from "../../../src/domain/ids.ts";
import { newOperationId } from "../../../src/domain/operation-id.ts";
import type { Loaders } from "../../../src/graph/loaders/index.ts";
import { checkMovements } from "../../../src/ingest/statements/check-movements.ts";
import { bankTransactionRecord, day, IBAN, statementRecord, reportTransactions } from "../../helpers/bank-world.ts";
import { addSource, euro, payoutRecord, type Place, putRecords } from "../../helpers/ledger-world.ts";
import { matchEverything } from "../../helpers/match-payouts.ts";
import { analyze, plansOf, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const TENANTS = ["acme", "umbrella"];
const DAYS = 300;
const PER_DAY = 10;
/** So many that without statistics too the planner expects more than one of a tenant. */
const PAYOUTS = 1_500;
let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  await keepWithoutStatistics();
  for (const tenantId of TENANTS) {
    const stripe: Place = { database: store.db, tenantId, sourceId: "stripe-main" };
    const bank: Place = { ...stripe, sourceId: "bank" };
    await addSource(stripe);
    await addSource(bank);
    await putRecords(
      stripe,
      Array.from({ length: PAYOUTS }, (_, n) => payout(n)),
    );
    for (let from = 0; from < DAYS; from += 50) await putDays(bank, from, from + 50);
    await putRest(bank);
    await matchEverything(stripe);
  }
});
afterAll(async () => store[Symbol.asyncDispose]());

const payout = (n: number) => ({ ...payoutRecord(n), amount: euro(BigInt(100 + n)), arrivalDate: day(n % DAYS) });

/** The server may otherwise make statistics of some of the tables at any moment. */
async function keepWithoutStatistics(): Promise<void> {
  const client = new pg.Client(store.connection);
  await client.connect();
  await client.query(`do $$ declare name text; begin
    for name in select relname from pg_class where relnamespace = 'sluice'::regnamespace and relkind = 'r' loop
      execute format('alter table sluice.%I set (autovacuum_enabled = false)', name);
    end loop;
  end $$`);
  await client.end();
}

/** A statement for each day, and transactions of 20 accounts with different amounts, texts and references. */
async function putDays(bank: Place, from: number, to: number): Promise<void> {
  const days = Array.from({ length: to - from }, (_, n) => from + n);
  const accountOf = (n: number) => `${IBAN}-${n % 20}`;
  await putRecords(bank, [
    ...days.map((n) =>
      statementRecord(`S${n}`, n, { accountExternalId: accountOf(n), kind: n % 2 === 0 ? "STATEMENT" : "REPORT" }),
    ),
    // Reports that list no entries.
    ...days.map((n) => statementRecord(`Q${n}`, n, { accountExternalId: accountOf(n), kind: "REPORT", entries: 0 })),
    ...days.flatMap((n) =>
      Array.from({ length: PER_DAY }, (_, m) =>
        bankTransactionRecord(`t${n}-${m}`, n, {
          accountExternalId: accountOf(n),
          amount: euro(BigInt(100 + n * PER_DAY + m)),
          searchText: `invoice number${n}x${m} of customer${n % 50}`,
          referenceValues: [`E2E-${n}-${m}`],
        }),
      ),
    ),
  ]);
  for (const n of days) {
    const names = Array.from({ length: PER_DAY }, (_, m) => `t${n}-${m}`);
    await reportTransactions(bank, `S${n}`, names, { account: accountOf(n) });
  }
}

async function putRest({ tenantId, database }: Place): Promise<void> {
  const numbers = Array.from({ length: 2_000 }, (_, n) => n);
  await database.transaction(tenantId, async (tx) => {
    await tx.query(
      `insert into bank_transaction_details (tenant_id, transaction_id, statement_id, detail_index, version, detail)
       select tenant_id, id, 'S', n, 1, '{}' from bank_transactions cross join generate_series(1, 2) as n`,
    );
    await tx.query(
      `insert into entity_aliases (tenant_id, id, source_id, entity_type, external_id, root_id, root_external_id, first_at)
       select tenant_id, id, source_id, 'BankTransaction', external_id, id, external_id, now() from bank_transactions`,
    );
    await tx.query(
      `insert into statement_links (tenant_id, statement_id, currency, source_id, account_id, previous_id, state)
       select tenant_id, id, currency, source_id, account_id, id || currency, 'CONTINUOUS' from statements
       cross join unnest(array['EUR', 'USD', 'CHF']) as currency (currency)`,
    );
    await tx.query(
      `insert into files (tenant_id, id, source_id, content_hash, name, size, media_type, origin, status, received_at, next_attempt_at, finished_at)
       select $1, id, 'bank', 'hash-' || n, '', 1, '', 'UPLOAD', 'STORED', now() - n * interval '1 minute', now(), now()
       from unnest($2::text[], $3::int[]) as made (id, n)`,
      [tenantId, numbers.map((n) => newOperationId("File", n)), numbers],
    );
    await tx.query(
      `insert into statement_parts (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
       select tenant_id, id, page, source_id, account_id, id || page, 1, '{}' from statements cross join generate_series(2, 6) as page`,
    );
  });
}

const page = { limit: 21, after: undefined };
const later = { limit: 21, after: { at: `${day(150)} 00:00:00+00`, id: "zzz" } };
const idOf = (type: "BankTransaction" | "Statement" | "Payout" | "Account", externalId: string) =>
  entityId("acme", type === "Payout" ? "stripe-main" : "bank", type, externalId);
const ACCOUNT = idOf("Account", `${IBAN}-3`);

const parents = Array.from({ length: 20 }, (_, n) => n);
const all = (read: (n: number) => Promise<unknown>) => Promise.all(parents.map(read));
const transaction = (n: number) => idOf("BankTransaction", `t${n * 3}-1`);
const statement = (n: number) => idOf("Statement", `S${n * 3}`);
const unlisted = (n: number) => idOf("Statement", `Q${n * 3}`);

const CHILDREN: readonly [name: string, index: string, read: (loaders: Loaders) => Promise<unknown>][] = [
  [
    "by account",
    "bank_transactions_by_account",
    (l) => all((n) => l.bankTransactionsByAccount.load({ parentId: idOf("Account", `${IBAN}-${n}`), ...later })),
  ],
  [
    "statements by account",
    "statements_by_account_listed",
    (l) => all((n) => l.statementsByAccount.load({ parentId: idOf("Account", `${IBAN}-${n}`), ...page })),
  ],
  [
    "statements by transaction",
    "statement_entries_by_transaction",
    (l) => all((n) => l.statementsByTransaction.load({ parentId: transaction(n), ...page })),
  ],
  [
    "statements by file",
    "statement_parts_by_file",
    (l) => all((n) => l.statementsByFile.load({ parentId: `${statement(n)}2`, ...page })),
  ],
  [
    "transactions by statement",
    "statement_entries_pkey",
    (l) =>
      all((n) => l.transactionsByStatement.load({ parentId: statement(n), limit: 5, after: { at: "1", id: "2" } })),
  ],
  [
    "details",
    "bank_transaction_details_newest",
    (l) => all((n) => l.detailsByTransaction.load({ parentId: transaction(n), ...page })),
  ],
  [
    "details by index",
    "bank_transaction_details_pkey",
    (l) => all((n) => l.detailsByTransaction.load({ parentId: transaction(n), ...page })),
  ],
  ["links", "statement_links_pkey", (l) => all((n) => l.linksByStatement.load(statement(n)))],
  ["next", "statement_links_by_previous", (l) => all((n) => l.nextByStatement.load(`${statement(n)}EUR`))],
  [
    "files by content",
    "files_by_content",
    (l) => all((n) => l.fileByContent.load({ sourceId: "bank", contentHash: `hash-${n}` })),
  ],
  ["comparisons", "statement_entries_by_transaction", (l) => all((n) => l.comparisonsByStatement.load(statement(n)))],
  [
    "comparisons by day",
    "bank_transactions_by_account",
    (l) => all((n) => l.comparisonsByStatement.load(statement(n))),
  ],
  [
    "comparisons of balances",
    "statement_entries_by_day",
    (l) => all((n) => l.comparisonsByStatement.load(unlisted(n))),
  ],
  ["objects by another id", "entity_aliases_pkey", (l) => all((n) => l.rootByAlias.load(transaction(n)))],
  ["ids of transactions", "entity_aliases_by_root", (l) => all((n) => l.sourceIdsByEntity.load(transaction(n)))],
  [
    "results of payouts",
    "reconciliation_items_pkey",
    (l) => all((n) => l.reconciliationByObject.load(idOf("Payout", `po_${n}`))),
  ],
  [
    "objects of matches",
    "reconciliation_items_by_match",
    (l) => all((n) => l.membersByMatch.load(idOf("Payout", `po_${n}`))),
  ],
];

async function expectIndex(index: string, read: (loaders: Loaders) => Promise<unknown>) {
  const nodes = await plansOf(store, read);
  expect(nodes.map((node) => node["Index Name"]).filter((name) => name !== undefined)).toContain(index);
  const scanned = nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]);
  expect(scanned.filter((table) => table !== "sources")).toEqual([]);
  return nodes;
}

// A newly filled table has no statistics yet: the SQL statement leaves the planner no choice.
describe("query plans without statistics", () => {
  test.each(
    CHILDREN.filter(([name]) => /payouts|matches|details|by transaction|by statement|by file|comparisons/.test(name)),
  )("%s are found by %s", async (_name, index, read) => {
    await expectIndex(index, read);
  });
});

test("the entries to compare a new message with are found by indexes, without statistics", async () => {
  const days = { accountId: ACCOUNT, firstDay: day(3), lastDay: day(3) };
  const nodes = await plansOfWork(store, (tx) => checkMovements(tx, days, idOf("Statement", "Q3")));
  const scanned = nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]);
  expect(scanned).toEqual([]);
  expect(nodes.map((node) => node["Index Name"])).toContain("statement_entries_by_day");
});

describe("query plans", () => {
  beforeAll(() => analyze(store, "bank_search")); // otherwise rows that the index has not merged yet are read one by one

  test("more than a thousand found transactions are in the order of the list, as a few are", async () => {
    const read = async (filter: object): Promise<string[]> => {
      let found: string[] = [];
      await plansOf(store, async ({ lists }) => {
        const first = await lists.bankTransactions.page(filter, page);
        const { orderedAt, id } = first.at(-1) ?? { orderedAt: "", id: "" };
        const second = await lists.bankTransactions.page(filter, { limit: 21, after: { at: orderedAt, id } });
        found = [...first, ...second].map((row) => row.id);
      });
      return found;
    };
    const listed = await read({});
    expect(listed).toHaveLength(42);
    expect(await read({ text: "invoice" })).toEqual(listed);
    expect(await read({ text: "invoice number2", amount: { currency: "EUR" }, bookedFrom: day(290) })).toEqual(listed);
  });

  test.each(CHILDREN)("%s are found by %s", async (_name, index, read) => {
    await expectIndex(index, read);
  });
});
