import { type StaleReason, staleReason } from "../src/domain/freshness.ts";
import type { FreshnessModel } from "../src/loaders/models.ts";
import type { FreshnessResolvers } from "./__generated__/types.ts";
import type { Context } from "./context.ts";

/** Largest value of GraphQL's Int: 24 days in milliseconds. */
const MAX_INT = 2 ** 31 - 1;

export const Freshness: FreshnessResolvers = {
  isStale: async (model, _args, context) => (await reasonOf(model, context)) !== null,
  staleReason: (model, _args, context) => reasonOf(model, context),
  retryAfterMs({ verdict }) {
    if (verdict?.kind !== "refused" || verdict.retryAfterMs === undefined) return null;
    return Math.min(MAX_INT, Math.ceil(verdict.retryAfterMs));
  },
};

/** A reader who has said how old the object may be has said what stale means. */
async function reasonOf(
  { verdict, sourceId, observedAt }: FreshnessModel,
  { loaders }: Context,
): Promise<StaleReason | null> {
  if (verdict !== undefined) return verdict.kind === "refused" ? verdict.reason : null;
  const source = await loaders.sourceById.load(sourceId);
  return staleReason({ observedAt, source, nowMs: Date.now() }) ?? null;
}
