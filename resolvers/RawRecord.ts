import type { RawPointer } from "../src/loaders/models.ts";
import type { RawRecordResolvers } from "./__generated__/types.ts";
import { bodyText } from "./body-text.ts";
import type { Context } from "./context.ts";
import { loadOptional } from "./load-optional.ts";
import { requireScope } from "./require-scope.ts";

/** Deliveries are webhooks, whose media type is not kept: all that we accept are JSON. */
const DELIVERY_MEDIA_TYPE = "application/json";

export const RawRecord: RawRecordResolvers = {
  contentHash: async (pointer, _args, context) =>
    pointer.rawHash ?? (await deliveryOf(pointer, context))?.contentHash ?? null,
  mediaType: async (pointer, _args, context) => {
    if (pointer.rawHash !== null) return (await payloadOf(pointer, context))?.mediaType ?? null;
    return (await deliveryOf(pointer, context)) === null ? null : DELIVERY_MEDIA_TYPE;
  },
  receivedAt: async (pointer, _args, context) =>
    ((await payloadOf(pointer, context)) ?? (await deliveryOf(pointer, context)))?.receivedAt ?? null,
  run: async (pointer, _args, context) =>
    loadOptional(context.loaders.syncRunById, (await payloadOf(pointer, context))?.runId ?? null),
  delivery: (pointer, _args, context) => deliveryOf(pointer, context),
  body: async ({ sourceId, rawHash, deliveryId }, _args, { principal, loaders }) => {
    requireScope(principal, "admin");
    if (rawHash !== null) return bodyText(await loaders.rawBody.load({ sourceId, contentHash: rawHash }));
    return deliveryId === null ? null : bodyText(await loaders.deliveryBody.load(deliveryId));
  },
};

function payloadOf({ sourceId, rawHash }: RawPointer, { loaders }: Context) {
  return rawHash === null ? undefined : loaders.rawPayload.load({ sourceId, contentHash: rawHash });
}

function deliveryOf({ deliveryId }: RawPointer, { loaders }: Context) {
  return loadOptional(loaders.deliveryById, deliveryId);
}
