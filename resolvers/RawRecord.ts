import type { FileRow, RawPointer } from "../src/loaders/models.ts";
import type { RawRecordResolvers } from "./__generated__/types.ts";
import { bodyText, declaredText } from "./body-text.ts";
import type { Context } from "./context.ts";
import { loadOptional } from "./load-optional.ts";
import { requireScope } from "./require-scope.ts";

/** Deliveries are webhooks, whose media type is not kept: all that we accept are JSON. */
const DELIVERY_MEDIA_TYPE = "application/json";

export const RawRecord: RawRecordResolvers = {
  contentHash: async (pointer, _args, context) =>
    pointer.rawHash ?? (await deliveryOf(pointer, context))?.contentHash ?? null,
  mediaType: async (pointer, _args, context) => {
    if (pointer.rawHash !== null) return (await heldOf(pointer, context))?.mediaType ?? null;
    return (await deliveryOf(pointer, context)) === null ? null : DELIVERY_MEDIA_TYPE;
  },
  receivedAt: async (pointer, _args, context) =>
    ((await heldOf(pointer, context)) ?? (await deliveryOf(pointer, context)))?.receivedAt ?? null,
  run: async (pointer, _args, context) =>
    loadOptional(context.loaders.syncRunById, (await payloadOf(pointer, context))?.runId ?? null),
  delivery: (pointer, _args, context) => deliveryOf(pointer, context),
  file: async (pointer, _args, context) => (await fileOf(pointer, context)) ?? null,
  body: async (pointer, _args, context) => {
    const { principal, loaders } = context;
    requireScope(principal, "admin");
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

/** What has no payload of its own came in a file. */
async function fileOf(pointer: RawPointer, context: Context): Promise<FileRow | undefined> {
  const { sourceId, rawHash } = pointer;
  if (rawHash === null || (await payloadOf(pointer, context)) !== undefined) return undefined;
  return context.loaders.fileByContent.load({ sourceId, contentHash: rawHash });
}

async function heldOf(pointer: RawPointer, context: Context) {
  return (await payloadOf(pointer, context)) ?? (await fileOf(pointer, context));
}

function deliveryOf({ deliveryId }: RawPointer, { loaders }: Context) {
  return loadOptional(loaders.deliveryById, deliveryId);
}
