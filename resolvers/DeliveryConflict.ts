import type { DeliveryConflictResolvers } from "./__generated__/types.ts";
import { bodyText } from "./body-text.ts";
import { requireScope } from "./require-scope.ts";

export const DeliveryConflict: DeliveryConflictResolvers = {
  body: async ({ deliveryId, contentHash }, _args, { principal, loaders }) => {
    requireScope(principal, "admin");
    return bodyText(await loaders.conflictBody.load({ deliveryId, contentHash }));
  },
};
