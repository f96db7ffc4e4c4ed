import type { DeliveryResolvers } from "./__generated__/types.ts";
import { bodyText } from "./body-text.ts";
import { requireScope } from "./require-scope.ts";
import { sourceOf } from "./source-of.ts";

export const Delivery: DeliveryResolvers = {
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  nextAttemptAt: ({ status, nextAttemptAt }) => (status === "PENDING" ? nextAttemptAt : null),
  body: async ({ id }, _args, { principal, loaders }) => {
    requireScope(principal, "admin");
    return bodyText(await loaders.deliveryBody.load(id));
  },
};
