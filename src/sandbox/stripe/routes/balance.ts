import { invalidRequest, missing } from "../errors.ts";
import { listText } from "../http/list.ts";
import { ACCOUNT_ID, ACCOUNT_TEXT } from "../objects/account.ts";
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
    return listText(world.store, { ...transactions, since: 0 }, params, listFaults);
  },
};

/** `/v1/balance`, `/v1/balance_transactions` and `/v1/account` */
export const balanceRoutes: readonly Route[] = [
  listTransactions,
  ...(oneTransaction === undefined ? [] : [oneTransaction]),
  { method: "GET", path: "/v1/balance", handle: ({ ledger }) => JSON.stringify(ledger.balance()) },
  { method: "GET", path: "/v1/account", handle: () => ACCOUNT_TEXT },
  {
    method: "GET",
    path: "/v1/accounts/:id",
    handle(_account, { id }) {
      if (id !== ACCOUNT_ID) throw missing("account", id, "id");
      return ACCOUNT_TEXT;
    },
  },
];
