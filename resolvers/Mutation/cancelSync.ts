import type { MutationResolvers } from "../__generated__/types.ts";
import { requireFound } from "../require-found.ts";
import { requireScope } from "../require-scope.ts";

export const cancelSync: NonNullable<MutationResolvers["cancelSync"]> = async (_root, { runId }, context) => {
  const { principal, loaders, useCases } = context;
  requireScope(principal, "sync");
  requireFound(await loaders.syncRunById.load(runId), "run");
  await useCases.cancelSync(principal.tenantId, runId);
  loaders.syncRunById.clear(runId);
  return requireFound(await loaders.syncRunById.load(runId), "run");
};
