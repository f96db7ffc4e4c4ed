import type { ChildPage } from "../store/read/find-children.ts";
import { findTold, type ToldTransactionRow } from "../store/read/find-told.ts";
import { childPageKey, MAX_PARENTS } from "./children.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** A page of the transactions that a statement tells, in its order. */
export const transactionsByStatement: LoaderSpec<ChildPage, readonly ToldTransactionRow[]> = {
  key: childPageKey,
  maxBatch: MAX_PARENTS,
  load: reading(findTold),
};
