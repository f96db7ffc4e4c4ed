import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { decimalOf, unitsOf } from "../../../sandbox/plaid/world/amounts.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type PlaidService, SOURCE, usePlaidService } from "../../helpers/plaid-service.ts";

/**
 * The complete service, as a user reads it, compared with the sandbox's own state. No webhooks are sent, and nothing
 * is polled.
 */
let plaid: PlaidService;
beforeAll(async () => {
  plaid = await usePlaidService({ payments: 150 });
});
afterAll(async () => plaid[Symbol.asyncDispose]());

const SYNC = "/transactions/sync";
const activityAnswer = z.object({ changes: z.array(z.object({ transactions: z.array(z.string()) })) });

interface Found {
  readonly id: string;
  readonly externalId: string;
  readonly status: string;
  readonly deletedAt: string | null;
  readonly sourceIds: readonly { readonly externalId: string; readonly isCurrent: boolean }[];
}

/** As a gateway resolves references of other subgraphs. */
async function find(...externalIds: readonly string[]): Promise<readonly (Found | null)[]> {
  const keys = externalIds.map(
    (id) => `{ __typename: "BankTransaction", source: { id: "${SOURCE}" }, externalId: "${id}" }`,
  );
  const { _entities } = await plaid.ask<{ _entities: readonly (Found | null)[] }>(
    `{ _entities(representations: [${keys.join(", ")}]) {
      ... on BankTransaction { id externalId status deletedAt sourceIds { externalId isCurrent } } } }`,
  );
  return _entities;
}

test("the first sync stores Plaid's data, to the last digit and with its sign, also in non-standard currencies", async () => {
  expect((await plaid.sync()).status).toBe("SUCCEEDED");
  await plaid.inStep();
  const { accounts } = await plaid.ask<{
    accounts: { nodes: readonly { id: string; externalId: string; currency: string }[] };
  }>("{ accounts { nodes { id externalId currency } } }");
  expect(accounts.nodes.map(({ currency }) => currency).toSorted()).toEqual(["BTC", "EUR", "JPY", "KWD", "USD", "USD"]);
  const bitcoin = accounts.nodes.find(({ currency }) => currency === "BTC");
  const { account } = await plaid.ask<{ account: unknown }>(
    `{ account(id: "${bitcoin?.id}") {
      currency extensions { name value } balances { kind money { amount currency exponent } }
      bankTransactions(first: 1) { nodes { amount { currency } } } } }`,
  );
  expect(account).toMatchObject({
    currency: "BTC",
    extensions: expect.arrayContaining([{ name: "plaid.unofficialCurrencyCode", value: "BTC" }]),
    bankTransactions: { nodes: [{ amount: { currency: "BTC" } }] },
  });
  // A float would round the first, and the dollar's digits the second.
  const written = [
    { id: "large", amount: "9007199254740993.01", direction: "DEBIT" },
    { id: "small", amount: "-0.0050001", direction: "CREDIT" },
  ];
  for (const { id, amount } of written) {
    const json = `{ "transaction_id": "${id}", "account_id": "${bitcoin?.externalId}", "amount": ${amount}, "date": "2026-11-01",
      "iso_currency_code": "USD", "pending": false }`;
    await plaid.sandbox.control("POST", "transactions", { json });
  }
  expect((await plaid.sync()).status).toBe("SUCCEEDED");
  for (const { id, amount, direction } of written) {
    const { bankTransactions } = await plaid.ask<{ bankTransactions: { nodes: unknown[] } }>(
      `{ bankTransactions(filter: { externalId: "${id}" }) { nodes { direction amount { amount } } } }`,
    );
    expect(bankTransactions.nodes).toEqual([{ direction, amount: { amount: amount.replace("-", "") } }]);
  }
});

test("a pending transaction that is posted under a new id stays one, with its history, and is found by either id", async () => {
  const posted = await eventually("a pending one to be posted", async () => {
    const { changes } = activityAnswer.parse(await plaid.sandbox.control("POST", "activity", { count: 1 }));
    const [pendingId, postedId] = changes[0]?.transactions ?? [];
    if (pendingId === undefined || postedId === undefined) {
      await plaid.sync(); // the pending transaction must be stored before it is posted
      return undefined;
    }
    return { pendingId, postedId, before: (await find(pendingId))[0] };
  });
  const { pendingId, postedId, before } = posted;
  expect(before).toMatchObject({ status: "PENDING", sourceIds: [{ externalId: pendingId, isCurrent: true }] });
  expect((await plaid.sync()).status).toBe("SUCCEEDED");
  const after = {
    id: before?.id,
    externalId: pendingId,
    status: "BOOKED",
    deletedAt: null,
    sourceIds: [
      { externalId: pendingId, isCurrent: false },
      { externalId: postedId, isCurrent: true },
    ],
  };
  expect(await find(pendingId, postedId)).toEqual([after, after]);
  for (const id of [pendingId, postedId]) {
    const { bankTransactions } = await plaid.ask<{ bankTransactions: { nodes: unknown[] } }>(
      `{ bankTransactions(filter: { externalId: "${id}", includeDeleted: true }) { nodes { id } } }`,
    );
    expect(bankTransactions.nodes).toEqual([{ id: before?.id }]);
  }
  await plaid.inStep();
});

test("a lost cursor and changes between two pages end in the sandbox's state", async () => {
  const { sandbox } = plaid;
  await sandbox.control("POST", "page-size", { size: 10 });
  await sandbox.control("POST", "activity", { count: 60 });
  for (const code of ["INVALID_FIELD", "TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION"])
    await sandbox.control("POST", "refusals", { code, path: SYNC, within: true, count: 1 });
  expect((await plaid.sync()).status).toBe("SUCCEEDED");
  expect(await plaid.requests(SYNC, 400)).toBe(2);
  await plaid.inStep();

  const before = await plaid.requests(SYNC, 200);
  await sandbox.control("POST", "faults", { latencyMs: 300, path: SYNC });
  const { run } = await plaid.start("FULL");
  await eventually("some pages", async () => (await plaid.requests(SYNC, 200)) >= before + 2);
  await sandbox.control("POST", "activity", { count: 20 });
  await sandbox.control("DELETE", "faults");
  await eventually("the run", async () => {
    const { syncRun } = await plaid.ask<{ syncRun: { status: string } }>(`{ syncRun(id: "${run.id}") { status } }`);
    return syncRun.status === "SUCCEEDED";
  });
  expect(await plaid.requests(SYNC, 400)).toBe(3);
  await sandbox.control("POST", "page-size", {});
  expect((await plaid.sync()).status).toBe("SUCCEEDED"); // balances change with transactions, and are read before them
  await plaid.inStep();
});

test("transactions that were removed while the cursor was lost are found by a full sync", async () => {
  const { sandbox } = plaid;
  const { id: removed } = z.object({ id: z.string() }).parse(await sandbox.control("POST", "remove"));
  await sandbox.control("POST", "refusals", { code: "INVALID_FIELD", path: SYNC, count: 1 });
  expect((await plaid.sync()).status).toBe("SUCCEEDED");
  const [still] = await find(removed);
  expect(still?.deletedAt).toBeNull();
  const { status, cursor } = await plaid.sync("FULL");
  expect(status).toBe("SUCCEEDED");
  expect((await find(removed))[0]?.deletedAt).not.toBeNull();
  await plaid.inStep();
  const events = await plaid.events(
    cursor,
    {
      filter: `sourceIds: ["${SOURCE}"], kinds: [ENTITY_CHANGED, RUN_FINISHED]`,
      fields: "... on EntityChanged { change entityId }",
    },
    (all) => all.at(-1)?.["__typename"] === "RunFinished",
  );
  expect(events.filter(({ change }) => change === "DELETED")).toEqual([
    { __typename: "EntityChanged", change: "DELETED", entityId: still?.id },
  ]);
});

test("a balance that must be fresh is fetched from the bank, and Plaid's earlier value does not replace it", async () => {
  interface AccountAnswer {
    readonly account: {
      readonly id: string;
      readonly balances: readonly { kind: string; money: { amount: string } }[];
    };
  }
  const { accounts } = await plaid.ask<{
    accounts: { nodes: readonly { id: string; externalId: string; currency: string }[] };
  }>("{ accounts { nodes { id externalId currency } } }");
  const euro = accounts.nodes.find(({ currency }) => currency === "EUR");
  const booked = async (maxAge: string) => {
    const { account } = await plaid.ask<AccountAnswer>(
      `{ account(id: "${euro?.id}"${maxAge}) { balances { kind money { amount } } } }`,
    );
    return decimalOf(unitsOf(account.balances.find(({ kind }) => kind === "BOOKED")?.money.amount ?? ""));
  };
  const before = await booked("");
  await plaid.sandbox.control("POST", "drift", { accountId: euro?.externalId, amount: "12.34" });
  expect(await booked("")).toBe(before);
  expect(await plaid.requests("/accounts/balance/get")).toBe(0);
  const live = decimalOf(unitsOf(before) + unitsOf("12.34"));
  expect(await booked(", maxAge: 0")).toBe(live);
  expect(await plaid.requests("/accounts/balance/get", 200)).toBe(1);
  for (const mode of ["INCREMENTAL", "FULL"] as const) {
    expect((await plaid.sync(mode)).status).toBe("SUCCEEDED");
    expect(await booked("")).toBe(live);
  }
  await plaid.sandbox.control("POST", "activity", { count: 1 }); // Plaid updates its data from the bank again
  expect((await plaid.sync()).status).toBe("SUCCEEDED");
  await plaid.inStep();
});
