import {
  findHistory,
  findHistoryBounds,
  type HistoryBounds,
  type HistoryPage,
  type ObjectChangeModel,
} from "../queries/find-history.ts";
import { MAX_PARENTS } from "./children.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Loads a page of an object's changes, newest first. */
export const historyByEntity: LoaderSpec<HistoryPage, readonly ObjectChangeModel[]> = {
  key: ({ id, limit, beforeRevision }) => `${id} ${limit} ${beforeRevision ?? ""}`,
  maxBatch: MAX_PARENTS,
  load: reading(findHistory),
};

/** Loads how far back an object's changes are known, by its global id; undefined for an object that is not stored. */
export const historyBoundsByEntity: LoaderSpec<string, HistoryBounds | undefined> = {
  key: (id) => id,
  maxBatch: MAX_PARENTS,
  load: reading(async (tx, ids) => inOrder(ids, await findHistoryBounds(tx, ids), (row) => row.id)),
};
