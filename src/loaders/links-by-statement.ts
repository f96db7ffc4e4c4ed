import { findLinks, type StatementLinkRow } from "../store/read/find-links.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** How a statement follows the one before it, by currency. */
export const linksByStatement: LoaderSpec<string, readonly StatementLinkRow[]> = {
  key: (statementId) => statementId,
  maxBatch: 1_000,
  load: reading(async (tx, ids) => grouped(ids, await findLinks(tx, ids), (row) => row.statementId)),
};
