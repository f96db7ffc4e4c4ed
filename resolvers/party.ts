import type { PartyResolvers, QueryResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const Party: PartyResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "Party", loader: context.loaders.partyById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "Party", loader: context.loaders.partyById }, { id, maxAge }),
  identifiers: ({ identifiers }) => identifiers ?? [],
  payments: ({ id: parentId }, args, context) =>
    childList(context, args, { list: "Party.payments", parentId, children: "paymentsByDebtor" }),
};

export const parties: NonNullable<QueryResolvers["parties"]> = (_root, args, context) =>
  rootList(context, args, "parties", context.loaders.lists.parties);

export const party: NonNullable<QueryResolvers["party"]> = (_root, args, context) =>
  loadFresh(context, { type: "Party", loader: context.loaders.partyById }, args);

export const partyByExternalId: NonNullable<QueryResolvers["partyByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "Party", loader: context.loaders.partyById }, args);
