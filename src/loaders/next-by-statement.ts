import { findNext } from "../store/read/find-links.ts";
import { inOrder, type LoaderSpec, reading } from "./define-loader.ts";

/** Global id of the statement that follows one; undefined where none does yet. */
export const nextByStatement: LoaderSpec<string, string | undefined> = {
  key: (statementId) => statementId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) =>
    inOrder(ids, await findNext(tx, ids), (row) => row.previousId).map((row) => row?.nextId),
  ),
};
