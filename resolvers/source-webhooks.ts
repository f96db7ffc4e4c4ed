import type { SourceWebhooksModel } from "../src/graph/loaders/models.ts";
import type { SourceWebhooksResolvers } from "./__generated__/types.ts";
import type { Context } from "./context.ts";

export const SourceWebhooks: SourceWebhooksResolvers = {
  lastReceivedAt: async (source, _args, context) => (await stateOf(source, context))?.lastReceivedAt ?? null,
  lastRefusedAt: async (source, _args, context) => (await stateOf(source, context))?.lastRefusedAt ?? null,
  expectedPerHour: async ({ sourceId }, _args, { loaders }) =>
    (await loaders.webhookRateBySource.load(sourceId)) ?? null,
  learnedHours: async ({ sourceId }, _args, { loaders }) => (await loaders.learnedHoursBySource.load(sourceId)) ?? null,
  receivedLastHour: async (source, _args, context) => (await stateOf(source, context))?.receivedLastHour ?? 0,
  failureRate: async (source, _args, context) => (await stateOf(source, context))?.failureRate ?? null,
  duplicatesLastDay: async (source, _args, context) => (await stateOf(source, context))?.duplicatesLastDay ?? 0,
  missedLastDay: async (source, _args, context) => (await stateOf(source, context))?.missedLastDay ?? 0,
  parked: async ({ sourceId }, _args, { loaders }) => (await loaders.waitingBySource.load(sourceId))?.parked ?? 0,
  pending: async ({ sourceId }, _args, { loaders }) => (await loaders.waitingBySource.load(sourceId))?.pending ?? 0,
  silentSince: async (source, _args, context) => (await stateOf(source, context))?.silentSince ?? null,
};

function stateOf({ sourceId }: SourceWebhooksModel, { loaders }: Context) {
  return loaders.webhookStateBySource.load(sourceId);
}
