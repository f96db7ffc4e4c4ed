import type { MutationResolvers } from "../__generated__/types.ts";
import { requireFound } from "../require-found.ts";
import { requireScope } from "../require-scope.ts";

export const replayDelivery: NonNullable<MutationResolvers["replayDelivery"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireScope(principal, "sync");
  requireFound(await loaders.deliveryById.load(id), "delivery");
  await useCases.replayDelivery(principal.tenantId, id);
  loaders.deliveryById.clear(id);
  return requireFound(await loaders.deliveryById.load(id), "delivery");
};
