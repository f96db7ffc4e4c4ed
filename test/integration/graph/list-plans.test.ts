import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { listEntities } from "../../../src/graph/queries/list-entities.ts";
import { PAYMENTS, type PaymentListFilter } from "../../../src/graph/queries/list-payments.ts";
import type { PageRequest } from "../../../src/graph/queries/page.ts";
import type { Transaction } from "../../../src/store/database.ts";
import { addSource } from "../../helpers/ledger-world.ts";
import { analyze, nodesOf, type Plan } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

/** Payments by amount: the last two hundred have failed, so that they are at the end of that order. */
const SIZE = 12_000;
const FAILED_FROM = SIZE - 200;
/** More rows than a list reads before it looks the matches of its filter up, with them. */
const MOST_ROWS = 3_000;
let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  await addSource({ database: store.db, tenantId: "acme", sourceId: "main" });
  await store.db.transaction("acme", (tx) =>
    tx.query(
      `insert into payments (tenant_id, id, source_id, external_id, created_at, ordered_at, version_from, version_until,
         finality, observed_at, written_at, via, raw_path, content_hash, kind, status, amount_minor, currency, exponent, description)
       select $1, 'pay_' || lpad(n::text, 22, '0'), 'main', 'x' || n, t, t, 1, 1, 1, t, t, 'POLL', '', 'hash', 'PAYIN',
         case when n >= $3 then 'FAILED' else 'SUCCEEDED' end, n, 'EUR', 2, 'invoice number' || n
       from generate_series(0, $2 - 1) as n
         cross join lateral (select '2026-06-01T00:00:00Z'::timestamptz - n * interval '1 minute' as t) as moment`,
      [tx.tenantId, SIZE, FAILED_FROM],
    ),
  );
  await analyze(store, "payments", "entity_search");
});
afterAll(async () => store[Symbol.asyncDispose]());

interface Read {
  /** Numbers of the payments, in the order of the page. */
  readonly numbers: readonly number[];
  /** Rows that the statements have read, also those that no condition has kept. */
  readonly rows: number;
  readonly nodes: readonly Plan[];
}

async function read(filter: PaymentListFilter, page: Partial<PageRequest>): Promise<Read> {
  const nodes: Plan[] = [];
  const found = await store.db.transaction("acme", (tx) =>
    listEntities(executed(tx, nodes), PAYMENTS, filter, { limit: 21, after: undefined, ...page }),
  );
  const scans = nodes.filter(({ "Node Type": type }) => /Scan/.test(type) && !/Bitmap Heap|Subquery|CTE/.test(type));
  const rowsOf = (scan: Plan): number =>
    ((scan["Actual Rows"] ?? 0) + (scan["Rows Removed by Filter"] ?? 0)) * (scan["Actual Loops"] ?? 1);
  return {
    numbers: found.map(({ externalId }) => Number(externalId.slice(1))),
    rows: Math.round(scans.reduce((sum, scan) => sum + rowsOf(scan), 0)),
    nodes,
  };
}

/** The transaction, with the plan of each statement as it was executed. */
function executed(tx: Transaction, nodes: Plan[]): Transaction {
  return {
    ...tx,
    async query(text, values) {
      const rows = await tx.query<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }>(
        `explain (analyze, format json) ${text}`,
        values,
      );
      nodes.push(...rows.flatMap((row) => row["QUERY PLAN"].flatMap(({ Plan: plan }) => nodesOf(plan))));
      return tx.query(text, values);
    },
  };
}

const range = (from: number, step: 1 | -1): readonly number[] => Array.from({ length: 21 }, (_, n) => from + n * step);

test.each([
  ["AMOUNT_ASC", {}, range(FAILED_FROM, 1)],
  ["AMOUNT_DESC", { isFromEnd: true }, range(FAILED_FROM + 20, -1)],
  ["AMOUNT_DESC", {}, range(SIZE - 1, -1)],
] as const)(
  "a page by %s %j reads few rows although all matches are at one end of the order",
  async (order, page, numbers) => {
    const found = await read({ status: ["FAILED"] }, { order, ...page });
    expect(found.numbers).toEqual(numbers);
    expect(found.rows).toBeLessThan(MOST_ROWS);
  },
);

test("a page by amount of a common status reads only the beginning of the order", async () => {
  const found = await read({ status: ["SUCCEEDED"] }, { order: "AMOUNT_ASC" });
  expect(found.numbers).toEqual(range(0, 1));
  expect(found.rows).toBeLessThan(MOST_ROWS);
});

test("words that most payments have are not looked up in the index of words", async () => {
  const found = await read({ text: "invoice" }, {});
  expect(found.numbers).toEqual(range(0, 1));
  expect(found.nodes.map((node) => node["Index Name"])).not.toContain("entity_search_words");
});

test("a word that few payments have is looked up in the index of words", async () => {
  const found = await read({ text: "number4711" }, { order: "AMOUNT_DESC" });
  expect(found.numbers).toEqual([4_711]);
  expect(found.nodes.map((node) => node["Index Name"])).toContain("entity_search_words");
});
