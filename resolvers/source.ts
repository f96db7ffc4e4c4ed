import type { MutationResolvers, QueryResolvers, SourceResolvers } from "./__generated__/types.ts";
import { inputError } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { requireScope } from "./require-scope.ts";
import { rootList } from "./root-list.ts";
import { z } from "zod";

/** A representation is arbitrary JSON from the caller. */
const KEY = z.object({ id: z.string() });

export const Source: SourceResolvers = {
  __resolveReference: async (representation, { loaders }) => {
    const key = KEY.safeParse(representation).data;
    if (key === undefined) throw inputError("representations", "of type Source must have id");
    return (await loaders.sourceById.load(key.id)) ?? null;
  },
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
