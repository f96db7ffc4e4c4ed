import type { MutationResolvers, QueryResolvers, SourceResolvers } from "./__generated__/types.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { requireScope } from "./require-scope.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";

export const Source: SourceResolvers = {
  __resolveReference: (reference, { loaders }) =>
    resolveIdReference(reference, { type: "Source", loader: loaders.sourceById }),
  erasure: async ({ id, disconnectedAt }, _args, { loaders }) =>
    disconnectedAt === null ? null : ((await loaders.erasureBySource.load(id)) ?? null),
  budgets: ({ id }, _args, { loaders }) => loaders.budgetsBySource.load(id),
  webhooks: async ({ id }, _args, { webhooks, principal }) => (await webhooks.find(principal.tenantId, id)) ?? null,
  streams: ({ id }, _args, { loaders }) => loaders.streamStatesBySource.load(id),
};

export const source: NonNullable<QueryResolvers["source"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.sourceById, id);

export const sources: NonNullable<QueryResolvers["sources"]> = (_root, { orderBy, filter, ...page }, context) =>
  rootList(
    context,
    { ...page, filter: { ...filter, orderBy: orderBy ?? "ID" } },
    "sources",
    context.loaders.lists.sources,
  );

export const pauseSource: NonNullable<MutationResolvers["pauseSource"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireScope(principal, "sync");
  requireFound(await loaders.sourceById.load(id), "source");
  await useCases.pauseSource(principal.tenantId, id);
  loaders.sourceById.clear(id);
  return requireFound(await loaders.sourceById.load(id), "source");
};

export const resumeSource: NonNullable<MutationResolvers["resumeSource"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireScope(principal, "sync");
  requireFound(await loaders.sourceById.load(id), "source");
  await useCases.resumeSource(principal.tenantId, id);
  loaders.sourceById.clear(id);
  return requireFound(await loaders.sourceById.load(id), "source");
};
