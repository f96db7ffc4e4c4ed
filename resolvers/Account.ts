import type { AccountResolvers } from "./__generated__/types.ts";
import { allChildren, childList } from "./child-list.ts";
import { loadOptional } from "./load-optional.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const Account: AccountResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Account", loader: context.loaders.accountById }),
  ...syncedFields,
  owner: (row, _args, { loaders }) => loadOptional(loaders.partyById, row.ownerId),
  identifiers: ({ identifiers }) => identifiers ?? [],
  balances: ({ id }, _args, { loaders }) => allChildren(loaders.balancesByAccount, id),
  ledgerEntries: ({ id: parentId }, args, context) =>
    childList(context, args, {
      list: "Account.ledgerEntries",
      parentId,
      loader: context.loaders.ledgerEntriesByAccount,
    }),
  payouts: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Account.payouts", parentId, loader: context.loaders.payoutsByDestination }),
};
