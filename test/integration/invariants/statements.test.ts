import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { checkChanges } from "../../../src/reconcile/invariants/check-changes.ts";
import { checkEverything } from "../../../src/reconcile/invariants/check-everything.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import { bankSource, bringFile, camt } from "../../helpers/bank-files.ts";
import { hookDatabase } from "../../helpers/hooked-database.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { registryOf } from "../../../src/sources/source-registry.ts";

const TENANT = "acme";
const source = bankSource();

let store: TestStore;
beforeEach(async () => {
  store = await useStore();
  await registerSources(store.db, [source]);
  await bringFile(store.db, source, camt("053.08", [STATEMENT]));
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
});

const STATEMENT = {
  id: "S1",
  day: "2024-03-01",
  opening: "0.00",
  closing: "7.00",
  entries: [
    { amount: "10.00", text: "invoice" },
    { amount: "3.00", direction: "DBIT" as const, text: "coffee" },
  ],
};

const query = <Row extends Record<string, unknown>>(text: string) =>
  store.db.transaction(TENANT, (tx) => tx.query<Row>(text));

/** One of two copies of a statement in one message of a bank. */
const copy = (amount: string, closing: string) => ({
  id: "39",
  iban: "GB82WEST12345698765432",
  from: "2024-04-24",
  to: "2024-04-26",
  day: "2024-04-26",
  opening: "1000.07",
  closing,
  entries: [{ amount, text: "invoice", booked: "2024-04-25" }],
});

async function openKinds(): Promise<readonly string[]> {
  await checkEverything({ db: store.db, tenantId: TENANT }, new AbortController().signal);
  await checkChanges({ db: store.db, tenantId: TENANT, sources: registryOf([source]), confirmAfterMs: 0 });
  const rows = await query<{ kind: string }>(
    "select distinct kind from findings where closed_at is null order by kind",
  );
  return rows.map(({ kind }) => kind);
}

test("a statement that was read keeps every rule", async () => {
  expect(await openKinds()).toEqual([]);
  expect(await query("select 1 as row from unconfirmed_breaches")).toEqual([]);
});

test.each([
  [
    "an entry is lost",
    "delete from statement_entries where entry_index = 1",
    ["BANK_TRANSACTION_WITHOUT_ENTRY", "STATEMENT_ENTRIES_MISSING", "STATEMENT_TRANSACTIONS_DIFFER"],
  ],
  [
    "a transaction has another amount",
    "update bank_transactions set amount_minor = 301 where direction = 'DEBIT'",
    ["STATEMENT_TRANSACTIONS_DIFFER"],
  ],
  [
    "a transaction is marked deleted",
    "update bank_transactions set deleted_at = now() where direction = 'DEBIT'",
    ["STATEMENT_TRANSACTIONS_DIFFER"],
  ],
  [
    "two entries name one transaction",
    "update statement_entries set transaction_id = (select id from bank_transactions where direction = 'CREDIT')",
    ["BANK_TRANSACTION_WITHOUT_ENTRY", "STATEMENT_TRANSACTIONS_DIFFER"],
  ],
  [
    "a page refers to a file with other entries",
    "update statement_parts set file_id = 'fil_other'",
    ["BANK_TRANSACTION_WITHOUT_ENTRY", "STATEMENT_ENTRIES_MISSING", "STATEMENT_TRANSACTIONS_DIFFER"],
  ],
])("when %s, the violated rules open findings", async (_title, statement, kinds) => {
  await query(statement);
  expect(await openKinds()).toEqual(kinds);
});

test("two copies of one statement in a message that are treated as one violate a rule (C34)", async () => {
  let rewritten = 0;
  const db = hookDatabase(store.db, {
    rewrite(text) {
      const blind = text
        .replace("input.*, $22 from", "input.*, 0 * $22::integer from")
        .replace(
          "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
          "values ($1, $2, $3, $4, $5, $6, 0 * $7::integer, $8, $9)",
        );
      if (blind !== text) rewritten += 1;
      return blind;
    },
  });
  await bringFile(db, source, camt("053.08", [copy("107.10", "1107.17"), copy("119.00", "1119.07")]));
  expect(rewritten).toBeGreaterThanOrEqual(4); // pages and entries of both copies
  expect(await openKinds()).toContain("BANK_TRANSACTION_WITHOUT_ENTRY");
});

test("two copies of one statement in a message keep every rule (C34)", async () => {
  await bringFile(store.db, source, camt("053.08", [copy("107.10", "1107.17"), copy("119.00", "1119.07")]));
  expect(await openKinds()).toEqual(["STATEMENT_RESTATED"]);
});
