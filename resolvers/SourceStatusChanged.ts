import type { SourceStatusChangedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const SourceStatusChanged: SourceStatusChangedResolvers = {
  ...envelope,
  sourceStatus: (item) => bodyOf(item, "SourceStatusChanged").status,
  previousStatus: (item) => bodyOf(item, "SourceStatusChanged").previous,
  statusReason: (item) => bodyOf(item, "SourceStatusChanged").reason,
};
