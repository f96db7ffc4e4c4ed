import type { MutationResolvers } from "../__generated__/types.ts";
import { requireManyDeliveries } from "../delivery-filter.ts";
import { requireReason } from "../require-reason.ts";
import { requireScope } from "../require-scope.ts";

/** What is still to be applied, or was to be. */
const OPEN: readonly string[] = ["PENDING", "PARKED"];

export const discardDeliveries: NonNullable<MutationResolvers["discardDeliveries"]> = async (
  _root,
  { input },
  { principal, useCases },
) => {
  requireScope(principal, "sync");
  const { filter, limit } = requireManyDeliveries(input);
  const status = filter.status?.filter((one) => OPEN.includes(one)) ?? OPEN;
  const decision = { reason: requireReason("input.reason", input.reason), by: principal.subject };
  const { count, more } = await useCases.discardDeliveries(principal.tenantId, { ...filter, status }, limit, decision);
  return { count, hasMore: more };
};
