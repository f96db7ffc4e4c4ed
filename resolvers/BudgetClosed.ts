import type { BudgetClosedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const BudgetClosed: BudgetClosedResolvers = {
  ...envelope,
  bucket: (item) => bodyOf(item, "BudgetClosed").bucket,
  closedReason: (item) => bodyOf(item, "BudgetClosed").reason,
  closedUntil: (item) => bodyOf(item, "BudgetClosed").closedUntil,
};
