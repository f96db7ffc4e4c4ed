import type { FindingClosedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const FindingClosed: FindingClosedResolvers = {
  ...envelope,
  finding: (item, _args, context) => context.loaders.findingById.load(bodyOf(item, "FindingClosed").findingId),
};
