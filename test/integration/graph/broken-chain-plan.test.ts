import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { entityId } from "../../../src/domain/ids.ts";
import { ACCOUNTS } from "../../../src/graph/queries/list-accounts.ts";
import { listEntities } from "../../../src/graph/queries/list-entities.ts";
import { statementRecord } from "../../helpers/bank-world.ts";
import { accountRecord, addSource, putRecords } from "../../helpers/ledger-world.ts";
import { analyze, plansOfWork } from "../../helpers/plans.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const SIZE = 3_000;
let store: TestStore;
beforeAll(async () => {
  store = await useStore();
  const place = { database: store.db, tenantId: "acme", sourceId: "main" };
  await addSource(place);
  const numbers = Array.from({ length: SIZE }, (_, n) => n);
  await putRecords(
    place,
    numbers.flatMap((n) => [
      accountRecord(n),
      statementRecord(`S${n}`, n % 90, { accountExternalId: accountRecord(n).externalId }),
    ]),
  );
  // Of each 100th account a ledger's chain is broken, and of each 101st a statement is missing.
  await store.db.transaction("acme", (tx) =>
    tx.query(
      `insert into findings (tenant_id, id, source_id, kind, cause, summary, evidence, remedy, opened_at)
       select $1, 'fnd_' || n, 'main', case when n % 100 = 0 then 'BALANCE_CHAIN_BROKEN' when n % 100 = 1 then 'STATEMENT_GAP'
         else 'OTHER' end, 'WEBHOOK', '', jsonb_build_object('id', account, 'statementId', statement), '', now()
       from unnest($2::integer[], $3::text[], $4::text[]) as made (n, account, statement)`,
      [
        tx.tenantId,
        numbers,
        numbers.map((n) => entityId("acme", "main", "Account", accountRecord(n).externalId)),
        numbers.map((n) => entityId("acme", "main", "Statement", `S${n}`)),
      ],
    ),
  );
  await analyze(store);
});
afterAll(async () => store[Symbol.asyncDispose]());

test("accounts with broken chains are found by the open findings of these kinds, and read by their ids", async () => {
  const found: string[] = [];
  const nodes = await plansOfWork(store, async (tx) => {
    const rows = await listEntities(tx, ACCOUNTS, { balanceChain: ["BROKEN"] }, { limit: 100, after: undefined });
    found.push(...rows.map(({ externalId }) => externalId));
  });
  expect(found.length).toBe(60);
  const reads = nodes.filter((node) => ["accounts", "findings", "statements"].includes(node["Relation Name"] ?? ""));
  expect(reads.filter((node) => node["Node Type"] === "Seq Scan")).toEqual([]);
  const indexes = new Set(nodes.flatMap((node) => node["Index Name"] ?? []));
  expect([...indexes].toSorted()).toEqual(["accounts_pkey", "findings_open", "statements_pkey"]);
});
