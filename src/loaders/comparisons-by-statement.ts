import { compareStatements, type StatementComparisonRow } from "../store/read/compare-statements.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** A statement beside the messages of each other kind about the same account and days. */
export const comparisonsByStatement: LoaderSpec<string, readonly StatementComparisonRow[]> = {
  key: (statementId) => statementId,
  maxBatch: 100, // each may have thousands of entries
  load: reading(async (tx, ids) => grouped(ids, await compareStatements(tx, ids), (row) => row.statementId)),
};
