import type { StatementComparisonRow } from "../src/loaders/models.ts";
import type { StatementComparisonResolvers } from "./__generated__/types.ts";
import type { Context } from "./context.ts";

export const StatementComparison: StatementComparisonResolvers = {
  agrees: isAgreed,
  onlyHereTransactions: ({ onlyHereIds }, _args, context) => transactionsOf(onlyHereIds, context),
  onlyThereTransactions: ({ onlyThereIds }, _args, context) => transactionsOf(onlyThereIds, context),
};

/** Banks may notify some movements only: what was not notified is no difference, what was notified in vain is. */
function isAgreed(row: StatementComparisonRow): boolean {
  const isHereEnough = row.with === "NOTIFICATION" || row.onlyHere === 0;
  const isThereEnough = row.kind === "NOTIFICATION" || row.onlyThere === 0;
  return isHereEnough && isThereEnough;
}

/** In the order of their ids; one that was removed since it was compared is left out. */
async function transactionsOf(ids: readonly string[], { loaders }: Context) {
  const rows = await Promise.all(ids.map((id) => loaders.bankTransactionById.load(id)));
  return rows.filter((row) => row !== undefined);
}
