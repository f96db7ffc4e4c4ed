import type {
  MutationResolvers,
  QueryResolvers,
  SourceResolvers,
  StreamStateResolvers,
} from "./__generated__/types.ts";
import { comparedDaysOf, differencesOf } from "./completeness.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";

export const Source: SourceResolvers = {
  __resolveReference: (reference, { loaders }) =>
    resolveIdReference(reference, { type: "Source", loader: loaders.sourceById }),
  erasure: async ({ id, disconnectedAt }, _args, { loaders }) =>
    disconnectedAt === null ? null : ((await loaders.erasureBySource.load(id)) ?? null),
  platform: ({ platform, connector }) => (platform === null || connector === null ? null : { id: platform, connector }),
  budgets: ({ id }, _args, { loaders }) => loaders.budgetsBySource.load(id),
  feed: async ({ id }, _args, { loaders }) => (await loaders.feedBySource.load(id)) ?? null,
  health: async ({ id }, _args, { loaders }) => (await loaders.healthBySource.load(id)) ?? null,
  webhooks: async ({ id }, _args, { webhooks, principal }) => (await webhooks.find(principal.tenantId, id)) ?? null,
  reconcile: async ({ id }, _args, { comparisons, principal }) => {
    const found = await comparisons.find(principal.tenantId, id);
    if (found === undefined) return null;
    const { everyMs, days } = found;
    return { everySeconds: everyMs === undefined ? null : Math.ceil(everyMs / 1_000), days };
  },
  completeness: comparedDaysOf,
  differences: differencesOf,
  streams: ({ id }, _args, { loaders }) => loaders.streamStatesBySource.load(id),
};

export const StreamState: StreamStateResolvers = {
  health: async ({ sourceId, stream }, _args, { loaders }) =>
    (await loaders.healthBySource.load(sourceId))?.streams.get(stream) ?? null,
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
  requireFound(await loaders.sourceById.load(id), "source");
  await useCases.pauseSource(principal.tenantId, id);
  loaders.sourceById.clear(id);
  return requireFound(await loaders.sourceById.load(id), "source");
};

export const resumeSource: NonNullable<MutationResolvers["resumeSource"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireFound(await loaders.sourceById.load(id), "source");
  await useCases.resumeSource(principal.tenantId, id);
  loaders.sourceById.clear(id);
  return requireFound(await loaders.sourceById.load(id), "source");
};
