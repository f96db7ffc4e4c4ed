import type { DeliveryAttemptRow, DeliveryRow } from "../src/loaders/models.ts";
import type { DeliveryResolvers } from "./__generated__/types.ts";
import { bodyText } from "./body-text.ts";
import { requireScope } from "./require-scope.ts";
import { sourceOf } from "./source-of.ts";

export const Delivery: DeliveryResolvers = {
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
  body: async ({ id }, _args, { principal, loaders }) => {
    requireScope(principal, "admin");
    return bodyText(await loaders.deliveryBody.load(id));
  },
};

/** Almost every delivery is applied at its first try, of which nothing is written down that does not stand in its own row. */
function unwrittenAttempts(row: DeliveryRow): readonly DeliveryAttemptRow[] {
  const { status, attempts, earlierAttempts, finishedAt, errorCode, errorMessage } = row;
  if (attempts < 1 || finishedAt === null || (status !== "APPLIED" && status !== "PARKED")) return [];
  const number = earlierAttempts + attempts;
  return [{ number, at: finishedAt, outcome: status, errorCode, errorMessage, nextAttemptAt: null }];
}
