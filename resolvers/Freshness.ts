import { isStale } from "../src/domain/freshness.ts";
import type { FreshnessResolvers } from "./__generated__/types.ts";

export const Freshness: FreshnessResolvers = {
  isStale: async ({ sourceId, observedAt }, _args, { loaders }) =>
    isStale({ observedAt, source: await loaders.sourceById.load(sourceId), nowMs: Date.now() }),
};
