import type { PartyResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const Party: PartyResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Party", loader: context.loaders.partyById }),
  ...syncedFields,
  identifiers: ({ identifiers }) => identifiers ?? [],
  payments: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Party.payments", parentId, loader: context.loaders.paymentsByDebtor }),
};
