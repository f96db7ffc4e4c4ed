import type { RunStartedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const RunStarted: RunStartedResolvers = {
  ...envelope,
  run: (item, _args, context) => context.loaders.syncRunById.load(bodyOf(item, "RunStarted").runId),
};
