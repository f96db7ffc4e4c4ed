import type { SourceStatusChangedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const SourceStatusChanged: SourceStatusChangedResolvers = {
  ...envelope,
  status: (item) => bodyOf(item, "SourceStatusChanged").status,
  previous: (item) => bodyOf(item, "SourceStatusChanged").previous,
  reason: (item) => bodyOf(item, "SourceStatusChanged").reason,
};
