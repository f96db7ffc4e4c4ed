import type { AuditEntryModel } from "../src/graph/loaders/models.ts";
import type { QueryResolvers } from "./__generated__/types.ts";
import { connectionOf } from "./connection.ts";
import { requireListFilter } from "./list-filter.ts";

export const auditEntries: NonNullable<QueryResolvers["auditEntries"]> = async (
  _root,
  { filter: given, ...page },
  context,
) => {
  const filter = given ?? {};
  await requireListFilter(context, filter);
  return connectionOf<AuditEntryModel>(context, {
    scope: { list: "auditEntries", filter },
    page,
    load: (request) => context.loaders.auditPage.load({ filter, page: request }),
    positionOf: ({ sequence }) => ({ at: String(sequence), id: "" }),
  });
};

export const auditHead: NonNullable<QueryResolvers["auditHead"]> = async (_root, _args, { loaders }) =>
  (await loaders.auditHead.load("head")) ?? null;
