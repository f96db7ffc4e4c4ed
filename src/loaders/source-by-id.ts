import { SOURCE_ID } from "../domain/ids.ts";
import type { SourceRow } from "../store/read/operation-rows.ts";
import { findSources } from "../store/read/find-sources.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Sources by name; undefined where there is none. */
export const sourceById: LoaderSpec<string, SourceRow | undefined> = {
  key: (id) => id,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => {
    const possible = ids.filter((id) => SOURCE_ID.test(id));
    return inOrder(ids, await findSources(tx, possible), (row) => row.id);
  }),
};
