import type { DeliveryEffectResolvers } from "./__generated__/types.ts";
import { loadNode } from "./load-node.ts";

/** What is asked for is done later, by others, which its stored name does not say. */
const KINDS = {
  CREATED: "CREATED",
  UPDATED: "UPDATED",
  DELETED: "DELETED",
  REFETCH: "REFETCH_REQUESTED",
  READ: "READ_REQUESTED",
  QUARANTINED: "QUARANTINED",
} as const;

export const DeliveryEffect: DeliveryEffectResolvers = {
  kind: ({ kind }) => KINDS[kind],
  entityId: ({ id }) => id ?? null,
  entity: ({ id }, _args, context) => (typeof id === "string" ? loadNode(context, { id }) : null),
};
