import type { MutationResolvers } from "../__generated__/types.ts";
import { requireFound } from "../require-found.ts";
import { requireReason } from "../require-reason.ts";
import { requireScope } from "../require-scope.ts";

export const discardDelivery: NonNullable<MutationResolvers["discardDelivery"]> = async (
  _root,
  { id, reason: text },
  { principal, loaders, useCases },
) => {
  requireScope(principal, "sync");
  const reason = requireReason("reason", text);
  requireFound(await loaders.deliveryById.load(id), "delivery");
  await useCases.discardDelivery(principal.tenantId, id, { reason, by: principal.subject });
  loaders.deliveryById.clear(id);
  return requireFound(await loaders.deliveryById.load(id), "delivery");
};
