import type { MutationResolvers } from "../__generated__/types.ts";
import { requireManyDeliveries } from "../delivery-filter.ts";
import { requireScope } from "../require-scope.ts";

export const replayDeliveries: NonNullable<MutationResolvers["replayDeliveries"]> = async (
  _root,
  { input },
  { principal, loaders, useCases, cursors },
) => {
  requireScope(principal, "sync");
  const { filter, limit } = requireManyDeliveries(input);
  const status = filter.status?.filter((one) => one !== "PENDING") ?? ["PARKED"];
  loaders.eventHead.clear("head"); // an earlier mutation of the same operation has written events since it was read
  const head = await loaders.eventHead.load("head");
  const { count, more } = await useCases.replayDeliveries(principal.tenantId, { ...filter, status }, limit);
  return { count, hasMore: more, cursor: cursors.encodeEventCursor(principal.tenantId, head) };
};
