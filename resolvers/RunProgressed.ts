import type { RunProgressedResolvers } from "./__generated__/types.ts";
import { bodyOf, envelope } from "./sync-event.ts";

export const RunProgressed: RunProgressedResolvers = {
  ...envelope,
  run: (item, _args, context) => context.loaders.syncRunById.load(bodyOf(item, "RunProgressed").runId),
  stream: (item) => bodyOf(item, "RunProgressed").stream,
  records: (item) => BigInt(bodyOf(item, "RunProgressed").records),
  changed: (item) => BigInt(bodyOf(item, "RunProgressed").changed),
  progress: (item) => bodyOf(item, "RunProgressed").progress,
};
