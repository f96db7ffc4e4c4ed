import type { BudgetPolicy } from "../../connector-api/budget.ts";

/** Calls per minute of one Item in production. Source: Plaid docs, "Rate limit exceeded errors", the table per Item. */
const PER_MINUTE = { transactions: 50, accounts: 15, balance: 5, item: 15 } as const;

/** Calls per minute of one client, over all its Items, in production. Source: as above, the table per client. */
const PER_MINUTE_OF_CLIENT = { transactions: 2_500, accounts: 15_000, balance: 1_200, item: 5_000 } as const;

/**
 * Maximum concurrent calls. The response to a live balance may take half a minute, and no other call should wait for
 * it.
 */
const MAX_CONCURRENT = 4;

const BUCKETS: Readonly<Record<string, keyof typeof PER_MINUTE>> = {
  "/transactions/sync": "transactions",
  "/accounts/get": "accounts",
  "/accounts/balance/get": "balance",
  "/item/get": "item",
};

/**
 * A bucket for each endpoint that Plaid limits per Item; its other limits are found out. A 429 names no bucket in its
 * headers, and each call draws on one only.
 */
export const plaidBudget: BudgetPolicy = { ...policyOf(PER_MINUTE), maxConcurrent: MAX_CONCURRENT };

/**
 * Limits of a client over all its Items. A 429 does not say which of the two limits was reached, so that it slows down
 * the Item alone: these limits are kept by counting.
 */
export const plaidClientBudget: BudgetPolicy = policyOf(PER_MINUTE_OF_CLIENT);

function policyOf(perMinute: Readonly<Record<keyof typeof PER_MINUTE, number>>): BudgetPolicy {
  const limited = Object.entries(perMinute).map(([name, calls]) => [name, { requestsPerSecond: calls / 60 }] as const);
  return {
    buckets: { ...Object.fromEntries(limited), other: { requestsPerSecond: undefined } },
    maxConcurrent: undefined,
    costs: ({ path }) => [{ bucket: Object.hasOwn(BUCKETS, path) ? (BUCKETS[path] ?? "other") : "other" }],
  };
}
