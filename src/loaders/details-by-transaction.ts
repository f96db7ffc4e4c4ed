import { findDetails, type TransactionDetailRow } from "../store/read/find-details.ts";
import { childPageKey, MAX_PARENTS } from "./children.ts";
import type { ChildPage } from "../store/read/find-children.ts";
import { type LoaderSpec, reading } from "./define-loader.ts";

/** A page of what a transaction was made of, in the order of the message. */
export const detailsByTransaction: LoaderSpec<ChildPage, readonly TransactionDetailRow[]> = {
  key: childPageKey,
  maxBatch: MAX_PARENTS,
  load: reading(findDetails),
};
