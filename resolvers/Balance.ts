import type { BalanceResolvers } from "./__generated__/types.ts";
import { moneyOf } from "./money-of.ts";

export const Balance: BalanceResolvers = {
  money: (row) => moneyOf(row.minor, row),
  freshness: (row) => row,
};
