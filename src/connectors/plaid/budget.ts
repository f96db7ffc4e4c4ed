import type { BudgetPolicy } from "../../connector-api/budget.ts";

/** Calls per minute of one Item in production. Source: Plaid docs, "Rate limit exceeded errors", the table per Item. */
const PER_MINUTE = { transactions: 50, accounts: 15, balance: 5, item: 15 } as const;

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
 * A bucket for each endpoint that Plaid limits per Item; its other limits are found out. Its limits per client, over
 * all Items, are some hundred times those of one. A 429 names no bucket in its headers, and each call draws on one
 * only.
 */
export const plaidBudget: BudgetPolicy = {
  buckets: {
    ...Object.fromEntries(
      Object.entries(PER_MINUTE).map(([name, calls]) => [name, { requestsPerSecond: calls / 60 }] as const),
    ),
    other: { requestsPerSecond: undefined },
  },
  maxConcurrent: MAX_CONCURRENT,
  costs: ({ path }) => [{ bucket: Object.hasOwn(BUCKETS, path) ? (BUCKETS[path] ?? "other") : "other" }],
};
