import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { type PlaidService, usePlaidService } from "../../helpers/plaid-service.ts";

/**
 * The complete service, as a user reads it: accounts of an institution without live balances of cards. No webhooks are
 * sent.
 */
let plaid: PlaidService;
beforeAll(async () => {
  plaid = await usePlaidService({ payments: 0 });
  await plaid.sandbox.control("POST", "institution", { id: "ins_128026" });
  await plaid.sync();
});
afterAll(async () => plaid[Symbol.asyncDispose]());

const BALANCES = "/accounts/balance/get";

interface Account {
  readonly id: string;
  readonly externalId: string;
  readonly kind: string;
  readonly name: string;
}

async function accounts(): Promise<readonly Account[]> {
  const found = await plaid.ask<{ accounts: { nodes: readonly Account[] } }>(
    "{ accounts { nodes { id externalId kind name } } }",
  );
  return found.accounts.nodes;
}

async function findAccount(name: string): Promise<Account> {
  const found = (await accounts()).find((account) => account.name === name);
  if (found === undefined) throw new Error(`no account is called ${name}`);
  return found;
}

const FRESH =
  "deletedAt freshness { isStale staleReason } balances { kind money { amount } freshness { isStale staleReason } }";
const NOT_STALE = { isStale: false, staleReason: null };

test("C21: a fresh balance of a credit account that owes 150 is booked as -150.00, by one call each time", async () => {
  const card = await findAccount("Card");
  // Its initial debt is 410.
  const payment = { accountId: card.externalId, amount: "-260" };
  const { id: pendingId } = z.object({ id: z.string() }).parse(await plaid.sandbox.control("POST", "pending", payment));
  await plaid.sandbox.control("POST", "postings", { pendingId, amounts: ["-260"] });
  for (const calls of [1, 2]) {
    const { account } = await plaid.ask<{ account: { balances: readonly { kind: string }[] } }>(
      `{ account(id: "${card.id}", maxAge: 0) { ${FRESH} } }`,
    );
    expect(account).toMatchObject({ deletedAt: null, freshness: NOT_STALE });
    expect(account.balances.find(({ kind }) => kind === "BOOKED")).toEqual({
      kind: "BOOKED",
      money: { amount: "-150.00" },
      freshness: NOT_STALE,
    });
    expect(await plaid.requests(BALANCES)).toBe(calls);
    expect(await plaid.requests(BALANCES, 200)).toBe(calls);
  }
});

test("C21: a closed account is deleted, and does not make another one stale that is read with it", async () => {
  const [card, closed] = [await findAccount("Card"), await findAccount("Everyday")];
  await plaid.sandbox.control("DELETE", `accounts/${closed.externalId}`);
  const before = await plaid.requests(BALANCES);
  for (const calls of [1, 2]) {
    const answer = await plaid.ask<Readonly<Record<"card" | "closed", { readonly deletedAt: string | null }>>>(
      `{ card: account(id: "${card.id}", maxAge: 0) { ${FRESH} } closed: account(id: "${closed.id}", maxAge: 0) { deletedAt } }`,
    );
    expect(answer.card).toMatchObject({ deletedAt: null, freshness: NOT_STALE });
    expect(answer.closed.deletedAt).not.toBeNull();
    expect(await plaid.requests(BALANCES)).toBe(before + calls);
  }
});
