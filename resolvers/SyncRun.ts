import type { SyncRunResolvers } from "./__generated__/types.ts";
import { sourceOf } from "./source-of.ts";

export const SyncRun: SyncRunResolvers = {
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  range: ({ rangeFrom, rangeTo }) => (rangeFrom === null || rangeTo === null ? null : { from: rangeFrom, to: rangeTo }),
  streams: ({ id }, _args, { loaders }) => loaders.streamsByRun.load(id),
};
