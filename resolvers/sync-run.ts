import type { MutationResolvers, QueryResolvers, SyncRunResolvers } from "./__generated__/types.ts";
import { MAX_LIST_VALUES, inputError } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { sourceOf } from "./source-of.ts";
import { validKey } from "./valid-key.ts";

export const SyncRun: SyncRunResolvers = {
  __resolveReference: (reference, { loaders }) =>
    resolveIdReference(reference, { type: "SyncRun", loader: loaders.syncRunById }),
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  range: ({ rangeFrom, rangeTo }) => (rangeFrom === null || rangeTo === null ? null : { from: rangeFrom, to: rangeTo }),
  streams: ({ id }, _args, { loaders }) => loaders.streamsByRun.load(id),
};

export const syncRun: NonNullable<QueryResolvers["syncRun"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.syncRunById, id);

export const syncRuns: NonNullable<QueryResolvers["syncRuns"]> = (_root, args, context) =>
  rootList(context, args, "syncRuns", context.loaders.lists.syncRuns);

export const cancelSync: NonNullable<MutationResolvers["cancelSync"]> = async (_root, { runId }, context) => {
  const { principal, loaders, useCases } = context;
  requireFound(await loaders.syncRunById.load(runId), "run");
  await useCases.cancelSync(principal.tenantId, runId);
  loaders.syncRunById.clear(runId);
  return requireFound(await loaders.syncRunById.load(runId), "run");
};

export const startSync: NonNullable<MutationResolvers["startSync"]> = async (_root, { input }, context) => {
  const { principal, loaders, useCases, cursors } = context;
  const { runId, eventSeq } = await useCases.startSync(principal.tenantId, input.sourceId, {
    streams: validStreams(input.streams),
    mode: input.mode ?? "INCREMENTAL",
    range: input.range ?? undefined,
    idempotencyKey: validKey(input.idempotencyKey),
  });
  return {
    run: requireFound(await loaders.syncRunById.load(runId), "run"),
    cursor: cursors.encodeEventCursor(principal.tenantId, eventSeq),
  };
};

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;

export const reconcile: NonNullable<MutationResolvers["reconcile"]> = async (_root, { input }, context) => {
  const { principal, loaders, useCases, cursors } = context;
  const { runId, eventSeq } = await useCases.startSync(principal.tenantId, input.sourceId, {
    streams: validStreams(input.streams),
    mode: "RECONCILE",
    range: comparedRange(input),
    idempotencyKey: validKey(input.idempotencyKey),
  });
  return {
    run: requireFound(await loaders.syncRunById.load(runId), "run"),
    cursor: cursors.encodeEventCursor(principal.tenantId, eventSeq),
  };
};

/** Returns the times of days. @throws ServiceError INVALID_INPUT naming the field */
function comparedRange({ from, to }: { readonly from: string; readonly to: string }) {
  const [fromMs, endMs] = [Date.parse(from), Date.parse(to)];
  if (fromMs > Date.now()) throw inputError("input.from", `must not be in the future, got ${from}`);
  if (endMs <= fromMs) throw inputError("input.to", `must be after \`from\`, got ${to}`);
  const days = (endMs - fromMs) / DAY_MS;
  if (days > MAX_DAYS) throw inputError("input.to", `must be at most ${MAX_DAYS} days after \`from\`, got ${days}`);
  return { from: new Date(fromMs).toISOString(), to: new Date(endMs).toISOString() };
}

function validStreams(streams: readonly string[] | null | undefined): readonly string[] | undefined {
  if (streams === null || streams === undefined) return undefined;
  if (streams.length <= MAX_LIST_VALUES) return streams;
  throw inputError("input.streams", `must have at most ${MAX_LIST_VALUES} names, got ${streams.length}`);
}
