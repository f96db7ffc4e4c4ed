import { type StaleReason, staleReason } from "../src/domain/freshness.ts";
import type { FileRow, FreshnessModel, RawPointer } from "../src/graph/loaders/models.ts";
import type { FreshnessResolvers, RawRecordResolvers } from "./__generated__/types.ts";
import { bodyText, declaredText } from "./body-text.ts";
import type { Context } from "./context.ts";
import { loadOptional } from "./load-optional.ts";

/** Largest value of GraphQL's Int: 24 days in milliseconds. */
const MAX_INT = 2 ** 31 - 1;

export const Freshness: FreshnessResolvers = {
  isStale: async (model, _args, context) => (await reasonOf(model, context)) !== null,
  staleReason: (model, _args, context) => reasonOf(model, context),
  retryAfterMs({ freshness }) {
    if (freshness?.kind !== "refused" || freshness.retryAfterMs === undefined) return null;
    return Math.min(MAX_INT, Math.ceil(freshness.retryAfterMs));
  },
};

/** A reader that set a maximum age has defined when the object is stale. */
async function reasonOf(
  { freshness, sourceId, observedAt }: FreshnessModel,
  { loaders }: Context,
): Promise<StaleReason | null> {
  if (freshness !== undefined) return freshness.kind === "refused" ? freshness.reason : null;
  const source = await loaders.sourceById.load(sourceId);
  return staleReason({ observedAt, source, nowMs: Date.now() }) ?? null;
}

/** Deliveries are webhooks, whose media type is not stored: all accepted ones are JSON. */
const DELIVERY_MEDIA_TYPE = "application/json";

export const RawRecord: RawRecordResolvers = {
  contentHash: async (pointer, _args, context) =>
    pointer.rawHash ?? (await deliveryOf(pointer, context))?.contentHash ?? null,
  mediaType: async (pointer, _args, context) => {
    if (pointer.rawHash !== null) return (await storedPayloadOf(pointer, context))?.mediaType ?? null;
    return (await deliveryOf(pointer, context)) === null ? null : DELIVERY_MEDIA_TYPE;
  },
  receivedAt: async (pointer, _args, context) =>
    ((await storedPayloadOf(pointer, context)) ?? (await deliveryOf(pointer, context)))?.receivedAt ?? null,
  run: async (pointer, _args, context) =>
    loadOptional(context.loaders.syncRunById, (await payloadOf(pointer, context))?.runId ?? null),
  delivery: (pointer, _args, context) => deliveryOf(pointer, context),
  file: async (pointer, _args, context) => (await fileOf(pointer, context)) ?? null,
  body: async (pointer, _args, context) => {
    const { loaders } = context;
    const { sourceId, rawHash, deliveryId } = pointer;
    if (rawHash === null) return deliveryId === null ? null : bodyText(await loaders.deliveryBody.load(deliveryId));
    const payload = await loaders.rawBody.load({ sourceId, contentHash: rawHash });
    if (payload !== undefined) return bodyText(payload);
    const file = await fileOf(pointer, context);
    return file === undefined ? null : declaredText(await loaders.fileBody.load(file.id));
  },
};

function payloadOf({ sourceId, rawHash }: RawPointer, { loaders }: Context) {
  return rawHash === null ? undefined : loaders.rawPayload.load({ sourceId, contentHash: rawHash });
}

/** An object without a payload of its own came from a file. */
async function fileOf(pointer: RawPointer, context: Context): Promise<FileRow | undefined> {
  const { sourceId, rawHash } = pointer;
  if (rawHash === null || (await payloadOf(pointer, context)) !== undefined) return undefined;
  return context.loaders.fileByContent.load({ sourceId, contentHash: rawHash });
}

async function storedPayloadOf(pointer: RawPointer, context: Context) {
  return (await payloadOf(pointer, context)) ?? (await fileOf(pointer, context));
}

function deliveryOf({ deliveryId }: RawPointer, { loaders }: Context) {
  return loadOptional(loaders.deliveryById, deliveryId);
}
