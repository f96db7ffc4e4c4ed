import type { DeliveryAttemptRow, DeliveryRow } from "../src/graph/loaders/models.ts";
import type {
  DeliveryConflictResolvers,
  DeliveryEffectResolvers,
  DeliveryResolvers,
  MutationResolvers,
  QueryResolvers,
} from "./__generated__/types.ts";
import { bodyText } from "./body-text.ts";
import { requireDeliveryFilter, requireManyDeliveries } from "./delivery-filter.ts";
import { loadNode } from "./load-node.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { requireReason } from "./require-reason.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { decodeBulkCursor, encodeBulkCursor } from "./bulk-cursor.ts";
import { sourceOf } from "./source-of.ts";

export const Delivery: DeliveryResolvers = {
  __resolveReference: (reference, { loaders }) =>
    resolveIdReference(reference, { type: "Delivery", loader: loaders.deliveryById }),
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  nextAttemptAt: ({ status, nextAttemptAt }) => (status === "PENDING" ? nextAttemptAt : null),
  history: async (row, _args, { loaders }) => {
    const written = await loaders.historyByDelivery.load(row.id);
    return written.length > 0 ? written : unwrittenAttempts(row);
  },
  effects: ({ id }, _args, { loaders }) => loaders.effectsByDelivery.load(id),
  conflicts: ({ id }, _args, { loaders }) => loaders.conflictsByDelivery.load(id),
  discardReason: ({ status, discardReason }) => (status === "DISCARDED" ? discardReason : null),
  discardedBy: ({ status, discardedBy }) => (status === "DISCARDED" ? discardedBy : null),
  body: async ({ id }, _args, { loaders }) => bodyText(await loaders.deliveryBody.load(id)),
};

/** Almost every delivery is applied at its first attempt, for which nothing is recorded beyond its own row. */
function unwrittenAttempts(row: DeliveryRow): readonly DeliveryAttemptRow[] {
  const { status, attempts, earlierAttempts, finishedAt, errorCode, errorMessage } = row;
  if (attempts < 1 || finishedAt === null || (status !== "APPLIED" && status !== "PARKED")) return [];
  const number = earlierAttempts + attempts;
  return [{ number, at: finishedAt, outcome: status, errorCode, errorMessage, nextAttemptAt: null }];
}

export const DeliveryConflict: DeliveryConflictResolvers = {
  body: async ({ deliveryId, contentHash }, _args, { loaders }) =>
    bodyText(await loaders.conflictBody.load({ deliveryId, contentHash })),
};

/** Requested work is done later, by other workers, which its stored name does not express. */
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

export const deliveries: NonNullable<QueryResolvers["deliveries"]> = async (_root, args, context) => {
  requireDeliveryFilter("filter", args.filter ?? {});
  return rootList(context, args, "deliveries", context.loaders.lists.deliveries);
};

export const delivery: NonNullable<QueryResolvers["delivery"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.deliveryById, id);

/** Statuses of deliveries that are still to be applied, or were to be. */
const OPEN: readonly string[] = ["PENDING", "PARKED"];

export const discardDeliveries: NonNullable<MutationResolvers["discardDeliveries"]> = async (
  _root,
  { input },
  context,
) => {
  const { principal, useCases } = context;
  const { filter, limit } = requireManyDeliveries(input);
  const status = filter.status?.filter((one) => OPEN.includes(one)) ?? OPEN;
  const decision = { reason: requireReason("input.reason", input.reason), by: principal.subject };
  const bulk = { mutation: "discardDeliveries", filter };
  const batch = { filter: { ...filter, status }, limit, after: decodeBulkCursor(context, bulk, input.after) };
  const { count, end } = await useCases.discardDeliveries(principal.tenantId, batch, decision);
  return { count, hasMore: end !== undefined, endCursor: encodeBulkCursor(context, bulk, end) };
};

export const discardDelivery: NonNullable<MutationResolvers["discardDelivery"]> = async (
  _root,
  { id, reason: text },
  { principal, loaders, useCases },
) => {
  const reason = requireReason("reason", text);
  requireFound(await loaders.deliveryById.load(id), "delivery");
  await useCases.discardDelivery(principal.tenantId, id, { reason, by: principal.subject });
  loaders.deliveryById.clear(id);
  return requireFound(await loaders.deliveryById.load(id), "delivery");
};

export const replayDeliveries: NonNullable<MutationResolvers["replayDeliveries"]> = async (
  _root,
  { input },
  context,
) => {
  const { principal, loaders, useCases, cursors } = context;
  const { filter, limit } = requireManyDeliveries(input);
  const status = filter.status?.filter((one) => one !== "PENDING") ?? ["PARKED"];
  loaders.eventHead.clear("head"); // an earlier mutation of the same operation has written events since the last read
  const head = await loaders.eventHead.load("head");
  const bulk = { mutation: "replayDeliveries", filter };
  const batch = { filter: { ...filter, status }, limit, after: decodeBulkCursor(context, bulk, input.after) };
  const { count, end } = await useCases.replayDeliveries(principal.tenantId, batch);
  return {
    count,
    hasMore: end !== undefined,
    endCursor: encodeBulkCursor(context, bulk, end),
    cursor: cursors.encodeEventCursor(principal.tenantId, head),
  };
};

export const replayDelivery: NonNullable<MutationResolvers["replayDelivery"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireFound(await loaders.deliveryById.load(id), "delivery");
  await useCases.replayDelivery(principal.tenantId, id);
  loaders.deliveryById.clear(id);
  return requireFound(await loaders.deliveryById.load(id), "delivery");
};
