import { invalidRequest, missing } from "../world/errors.ts";
import { listText } from "../request/list.ts";
import type { World } from "../world/world.ts";
import { readRoutes, type Route } from "./route.ts";

const transactions = {
  type: "balance_transaction",
  url: "/v1/balance_transactions",
  filters: ["currency", "payout", "source", "type"],
} as const;
const [, oneTransaction] = readRoutes(transactions);

const listTransactions: Route = {
  method: "GET",
  path: transactions.url,
  handle({ world }, { params, listFaults }) {
    const { payout } = params;
    if (typeof payout === "string") {
      const entry = world.store.find("payout", payout);
      if (entry === undefined) throw missing("payout", payout, "payout", 400);
      if (entry.fields.automatic !== true) {
        throw invalidRequest("Balance transaction history can only be filtered on automatic transfers, not manual.", {
          param: "payout",
        });
      }
    }
    // Stripe has not yet determined the transactions of the payout.
    const isKnown = typeof payout !== "string" || isReconciled(world, payout);
    const extra = { shape: {}, matches: () => () => isKnown };
    return listText(world.store, { ...transactions, extra, since: 0 }, params, listFaults);
  },
};

function isReconciled({ store }: World, payout: string): boolean {
  return store.get("payout", payout)?.reconciliation_status === "completed";
}

/** `/v1/balance` and `/v1/balance_transactions` */
export const balanceRoutes: readonly Route[] = [
  listTransactions,
  ...(oneTransaction === undefined ? [] : [oneTransaction]),
  { method: "GET", path: "/v1/balance", handle: ({ ledger }) => JSON.stringify(ledger.balance()) },
];
