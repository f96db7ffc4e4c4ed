import type { StatementResolvers } from "./__generated__/types.ts";
import type { StatementRow } from "../src/loaders/models.ts";
import { connectionOf } from "./connection.ts";
import { loadOptional } from "./load-optional.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const Statement: StatementResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Statement", loader: context.loaders.statementById }),
  ...syncedFields,
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  statementId: ({ bankStatementId }) => bankStatementId,
  periodFrom: ({ periodFrom }) => periodFrom?.time ?? periodFrom?.date ?? null,
  periodTo: ({ periodTo }) => periodTo?.time ?? periodTo?.date ?? null,
  balances: ({ balanceList }) => balanceList ?? [],
  opening: ({ checks }) => checks?.[0]?.opening ?? null,
  closing: ({ checks }) => checks?.[0]?.closing ?? null,
  checks: ({ checks }) => checks ?? [],
  difference: ({ checks }) => checks?.find(({ difference }) => (difference?.minor ?? 0n) !== 0n)?.difference ?? null,
  summary: summaryOf,
  pages: ({ pages }) => pages ?? [],
  links: ({ id }, _args, { loaders }) => loaders.linksByStatement.load(id),
  next: async ({ id }, _args, { loaders }) =>
    loadOptional(loaders.statementById, (await loaders.nextByStatement.load(id)) ?? null),
  transactions: ({ id: parentId }, args, context) =>
    connectionOf(context, {
      scope: { list: `Statement.transactions ${parentId}`, filter: {} },
      page: args,
      load: (page) => context.loaders.transactionsByStatement.load({ ...page, parentId }),
      positionOf: ({ page, entryIndex }) => ({ at: `${page}`, id: `${entryIndex}` }),
    }),
  comparisons: ({ id }, _args, { loaders }) => loaders.comparisonsByStatement.load(id),
};

function summaryOf({ summaryAgrees, summaryDifferences }: StatementRow) {
  return summaryAgrees === null ? null : { agrees: summaryAgrees, differences: summaryDifferences ?? [] };
}
