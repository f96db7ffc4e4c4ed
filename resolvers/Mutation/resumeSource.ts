import type { MutationResolvers } from "../__generated__/types.ts";
import { requireFound } from "../require-found.ts";
import { requireScope } from "../require-scope.ts";

export const resumeSource: NonNullable<MutationResolvers["resumeSource"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireScope(principal, "sync");
  requireFound(await loaders.sourceById.load(id), "source");
  await useCases.resumeSource(principal.tenantId, id);
  loaders.sourceById.clear(id);
  return requireFound(await loaders.sourceById.load(id), "source");
};
