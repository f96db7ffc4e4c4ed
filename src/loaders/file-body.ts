import { findFileChunks, MAX_SHOWN_BYTES, plainFile } from "../store/read/find-raw.ts";
import { grouped, type LoaderSpec } from "./define-loader.ts";

/** A file's bytes by its global id, decompressed after the transaction; undefined when they are gone or more than are shown. */
export const fileBody: LoaderSpec<string, Uint8Array | undefined> = {
  key: (id) => id,
  maxBatch: 20, // each may have a megabyte
  load: async ({ database, tenantId }, ids) => {
    const chunks = await database.read(tenantId, (tx) => findFileChunks(tx, ids, MAX_SHOWN_BYTES));
    const files = grouped(ids, chunks, ({ fileId }) => fileId);
    return Promise.all(files.map(async (some) => (some.length === 0 ? undefined : plainFile(some))));
  },
};
