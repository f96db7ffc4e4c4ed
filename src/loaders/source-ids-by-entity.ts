import { findSourceIds, type SourceIdRow } from "../store/read/find-aliases.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** All ids that an object has had at its source, the oldest first; none for one that has had only one. */
export const sourceIdsByEntity: LoaderSpec<string, readonly SourceIdRow[]> = {
  key: (id) => id,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findSourceIds(tx, ids), ({ rootId }) => rootId)),
};
