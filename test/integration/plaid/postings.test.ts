import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { type PlaidService, usePlaidService } from "../../helpers/plaid-service.ts";

/**
 * The complete service, as a user reads it: pending transactions that the bank posts as several. No webhooks are sent.
 */
let plaid: PlaidService;
beforeAll(async () => {
  plaid = await usePlaidService({ payments: 0 });
});
afterAll(async () => plaid[Symbol.asyncDispose]());

const oneId = z.object({ id: z.string() });
const truth = z.object({ accounts: z.array(z.object({ id: z.string(), currency: z.string() })) });

async function addPending(amount: string): Promise<string> {
  const { accounts } = truth.parse(await plaid.sandbox.control("GET", "truth"));
  const accountId = accounts.find(({ currency }) => currency === "USD")?.id;
  return oneId.parse(await plaid.sandbox.control("POST", "pending", { accountId, amount })).id;
}

async function postAs(pendingId: string, ...amounts: readonly string[]): Promise<readonly string[]> {
  const answer = await plaid.sandbox.control("POST", "postings", { pendingId, amounts });
  return z.object({ ids: z.array(z.string()) }).parse(answer).ids;
}

interface TransactionNode {
  readonly id: string;
  readonly externalId: string;
  readonly status: string;
  readonly amount: { readonly amount: string };
  readonly deletedAt: string | null;
}

/** The transactions with one of these ids, each once, by its current id. */
async function transactionsOf(...externalIds: readonly string[]) {
  const found = new Map<string, TransactionNode & { readonly current: string | undefined }>();
  for (const externalId of externalIds) {
    const { bankTransactions } = await plaid.ask<{
      bankTransactions: {
        nodes: readonly (TransactionNode & { sourceIds: readonly { externalId: string; isCurrent: boolean }[] })[];
      };
    }>(`{ bankTransactions(filter: { externalId: "${externalId}", includeDeleted: true }) {
      nodes { id externalId status amount { amount } deletedAt sourceIds { externalId isCurrent } } } }`);
    for (const node of bankTransactions.nodes) {
      const current = node.sourceIds.find(({ isCurrent }) => isCurrent)?.externalId;
      found.set(node.id, { ...node, current });
    }
  }
  return [...found.values()].map(({ current, externalId, status, amount, deletedAt }) => ({
    current,
    externalId,
    status: deletedAt === null ? status : "DELETED",
    amount: amount.amount,
  }));
}

async function sync(mode?: "INCREMENTAL" | "FULL"): Promise<void> {
  expect((await plaid.sync(mode)).status).toBe("SUCCEEDED");
}

test("C20: a pending transaction that is posted as two becomes two booked ones, of which one keeps its id", async () => {
  const pending = await addPending("30");
  await sync();
  expect(await transactionsOf(pending)).toMatchObject([{ externalId: pending, status: "PENDING", amount: "30.00" }]);
  const [first = "", second = ""] = await postAs(pending, "10", "20");
  await sync();
  const expected = [
    { current: first, externalId: pending, status: "BOOKED", amount: "10.00" },
    { current: second, externalId: second, status: "BOOKED", amount: "20.00" },
  ];
  expect(await transactionsOf(pending, first, second)).toEqual(expected);
  await sync("FULL");
  expect(await transactionsOf(pending, first, second)).toEqual(expected);
  await plaid.inStep();
});

test("C20: a second posting of a pending transaction in a later sync is a transaction of its own", async () => {
  const pending = await addPending("30");
  await sync();
  const [first = ""] = await postAs(pending, "10");
  await sync();
  const [second = ""] = await postAs(pending, "20");
  await sync();
  expect(await transactionsOf(pending, first, second)).toEqual([
    { current: first, externalId: pending, status: "BOOKED", amount: "10.00" },
    { current: second, externalId: second, status: "BOOKED", amount: "20.00" },
  ]);
  await plaid.inStep();
});

test("C20: postings of a pending transaction that was never observed are separate transactions, and one can be removed again", async () => {
  const pending = await addPending("60");
  const ids = await postAs(pending, "10", "20", "30");
  await sync();
  const [first, ...others] = await transactionsOf(pending, ...ids);
  expect([first, ...others]).toEqual([
    { current: ids[0], externalId: pending, status: "BOOKED", amount: "10.00" },
    { current: ids[1], externalId: ids[1], status: "BOOKED", amount: "20.00" },
    { current: ids[2], externalId: ids[2], status: "BOOKED", amount: "30.00" },
  ]);
  await plaid.sandbox.control("POST", "remove", { id: ids[0] });
  await sync();
  expect(await transactionsOf(pending, ...ids)).toEqual([{ ...first, status: "DELETED" }, ...others]);
  await sync("FULL");
  expect(await transactionsOf(pending, ...ids)).toEqual([{ ...first, status: "DELETED" }, ...others]);
  await plaid.inStep();
});
