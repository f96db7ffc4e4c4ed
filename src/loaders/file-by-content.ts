import { findFilesByContent, type PayloadKey } from "../store/read/find-raw.ts";
import type { FileRow } from "../store/read/operation-rows.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";
import { payloadKey } from "./raw-payload.ts";

/** The file of a source that has this content; undefined where none has. */
export const fileByContent: LoaderSpec<PayloadKey, FileRow | undefined> = {
  key: payloadKey,
  maxBatch: 1_000,
  load: reading(async (tx, keys) => inOrder(keys.map(payloadKey), await findFilesByContent(tx, keys), payloadKey)),
};
