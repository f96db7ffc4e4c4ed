import type { MutationResolvers } from "../__generated__/types.ts";
import { requireFound } from "../require-found.ts";
import { requireScope } from "../require-scope.ts";

export const pauseSource: NonNullable<MutationResolvers["pauseSource"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireScope(principal, "sync");
  requireFound(await loaders.sourceById.load(id), "source");
  await useCases.pauseSource(principal.tenantId, id);
  loaders.sourceById.clear(id);
  return requireFound(await loaders.sourceById.load(id), "source");
};
