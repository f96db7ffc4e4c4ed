import type { RunFinishedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const RunFinished: RunFinishedResolvers = {
  ...envelope,
  run: (item, _args, context) => context.loaders.syncRunById.load(bodyOf(item, "RunFinished").runId),
  status: (item) => bodyOf(item, "RunFinished").status,
};
