import type { StatementLinkResolvers } from "./__generated__/types.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";

export const StatementLink: StatementLinkResolvers = {
  previous: ({ previousId }, _args, { loaders }) => loadOptional(loaders.statementById, previousId),
  difference: (row) => moneyOf(row.differenceMinor, row),
};
