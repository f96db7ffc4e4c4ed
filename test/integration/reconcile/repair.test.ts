import { expect, test } from "@jest/globals";
import { z } from "zod";
import { cardProcessorSandbox } from "../../../sandbox/card-processor/index.ts";
import { useSandbox } from "../../../sandbox/plaid/testing.ts";
import { callControl } from "../../../sandbox/shared/call-control.ts";
import { type ComparedService, TENANT, useComparedService } from "../../helpers/compared-service.ts";
import { eventually } from "../../helpers/eventually.ts";
import { useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { differencesToPlaid } from "../../helpers/plaid-truth.ts";
import { type Planted, type TamperedTable, tamper } from "../../helpers/tamper.ts";

const lineOf = ({ kind, id }: { readonly kind: string; readonly id: string }): string => `${kind} ${id}`;

/** Tampers with the store, compares, and expects exactly what was planted to be found, verified and reported. */
async function tamperAndRepair(
  service: ComparedService,
  sourceId: string,
  tables: readonly TamperedTable[],
): Promise<readonly Planted[]> {
  const planted = await tamper({ connection: service.connection, tenantId: TENANT, sourceId, tables, share: 0.01 });
  const runId = await service.reconcile();
  const found = await service.differencesOf(runId);
  expect(found.map(({ kind, entityId: id }) => lineOf({ kind, id })).toSorted()).toEqual(
    planted.map(lineOf).toSorted(),
  );
  expect(found.filter(({ verifiedAt, problem }) => verifiedAt === null || problem !== null)).toEqual([]);
  const { findings } = await service.ask<{ findings: { nodes: { kind: string; closedAt: string | null }[] } }>(
    "{ findings(first: 100) { nodes { kind closedAt } } }",
  );
  const own = findings.nodes.filter(({ kind }) => kind === "RECORDS_DIFFER");
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter(({ closedAt }) => closedAt === null)).toEqual([]);
  return planted;
}

test("Plaid: rows that were altered, deleted and invented are repaired, exactly these", async () => {
  await using sandbox = await useSandbox({ payments: 60 });
  const limits = { transactions: 1_000, accounts: 1_000, balance: 1_000, item: 1_000 };
  const source = {
    id: "plaid-main",
    connector: "plaid",
    config: sandbox.running.sourceConfig,
    budget: { rates: limits },
  };
  await using service = await useComparedService(source);
  await service.sync();
  expect(await differencesToPlaid(service.ask, sandbox)).toEqual([]);
  expect(await service.differencesOf(await service.reconcile())).toEqual([]);
  await tamperAndRepair(service, "plaid-main", [
    {
      entity: "BankTransaction",
      table: "bank_transactions",
      change: "amount_minor = amount_minor + 1",
      condition: "id not in (select root_id from sluice.entity_aliases)",
      invent: (n) => `invented${n}`,
    },
    { entity: "Account", table: "accounts", change: "name = 'Mallory'", invent: () => "", onlyAlter: true },
  ]);
  expect(await differencesToPlaid(service.ask, sandbox)).toEqual([]);
}, 240_000);

const cardTruth = z.object({
  objects: z.object({
    Payment: z.array(z.object({ id: z.string(), amount: z.string() })),
    LedgerEntry: z.array(z.object({ id: z.string(), net: z.string() })),
  }),
});

test("card processor: rows that were altered, deleted and invented are repaired, exactly these", async () => {
  const sandbox = await cardProcessorSandbox.start({ port: 0, seed: 4, payments: 40 });
  try {
    await using service = await useComparedService({
      id: "card-main",
      connector: "card-processor",
      config: sandbox.sourceConfig,
    });
    await service.sync();
    expect(await service.differencesOf(await service.reconcile())).toEqual([]);
    const tables: readonly TamperedTable[] = [
      { entity: "Party", table: "parties", change: "name = 'Mallory'", invent: (n) => `invented${n}` },
      {
        entity: "Payment",
        table: "payments",
        change: "amount_minor = amount_minor + 1",
        invent: (n) => `invented${n}`,
      },
      {
        entity: "LedgerEntry",
        table: "ledger_entries",
        change: "net_minor = net_minor - 1",
        invent: (n) => `invented${n}`,
      },
    ];
    await tamperAndRepair(service, "card-main", tables);
    const { objects } = cardTruth.parse(
      await callControl(sandbox.url, { method: "GET", path: "truth", body: undefined }),
    );
    const idsOf = async (table: string) =>
      (
        await service.query<{ external_id: string }>(
          `select external_id from sluice.${table} where deleted_at is null order by external_id collate "C"`,
        )
      ).map(({ external_id: id }) => id);
    expect(await idsOf("payments")).toEqual(objects.Payment.map(({ id }) => id).toSorted());
    expect(await idsOf("ledger_entries")).toEqual(objects.LedgerEntry.map(({ id }) => id).toSorted());
  } finally {
    await sandbox.close();
  }
}, 240_000);

test("core database: rows that were altered, deleted and invented are repaired, exactly these", async () => {
  await using core = await useLedgerDatabase();
  await core.sql(`
    insert into core.payments (id, state, amount, ccy, created)
      select 'p' || n, 'open', n, 'EUR', now() - n * interval '1 minute' from generate_series(1, 400) as n;
    insert into core.entries select 'book', n, 1, 'sale', n, 'C', 'EUR', extract(epoch from now())::bigint - n, 'memo' from generate_series(1, 400) as n`);
  const { id, config } = { id: "core-main", config: core.config };
  await using service = await useComparedService({ id, connector: "postgres-ledger", config });
  const count = async (table: string) =>
    (await service.query(`select 1 from sluice.${table} where deleted_at is null`)).length;
  await eventually(
    "the first read",
    async () => (await count("payments")) === 400 && (await count("ledger_entries")) === 400,
  );
  expect(await service.differencesOf(await service.reconcile())).toEqual([]);
  await tamperAndRepair(service, id, [
    { entity: "Payment", table: "payments", change: "amount_minor = amount_minor + 1", invent: (n) => `invented${n}` },
    {
      entity: "LedgerEntry",
      table: "ledger_entries",
      change: "description = 'forged'",
      invent: (n) => `book/9${n}999`,
    },
  ]);
  const rows = await service.query<{ external_id: string; amount: string }>(
    "select external_id, amount_minor::text as amount from sluice.payments where deleted_at is null",
  );
  const expected = Array.from({ length: 400 }, (_, index) => `p${index + 1} ${(index + 1) * 100}`);
  expect(rows.map((row) => `${row.external_id} ${row.amount}`).toSorted()).toEqual(expected.toSorted());
}, 240_000);
