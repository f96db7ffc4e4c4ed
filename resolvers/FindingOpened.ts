import type { FindingOpenedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const FindingOpened: FindingOpenedResolvers = {
  ...envelope,
  finding: (item, _args, context) => context.loaders.findingById.load(bodyOf(item, "FindingOpened").findingId),
};
