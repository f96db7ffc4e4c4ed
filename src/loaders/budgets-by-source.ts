import { findBudgets } from "../store/read/find-budgets.ts";
import type { BudgetStateRow } from "../store/read/operation-rows.ts";
import { FIRST_CONCURRENCY } from "../upstream/budget/beat-statement.ts";
import { grouped, type LoaderSpec, reading } from "./define-loader.ts";

/** State of each bucket of the budget that a source draws on, by name. */
export const budgetsBySource: LoaderSpec<string, readonly BudgetStateRow[]> = {
  key: (sourceId) => sourceId,
  maxBatch: 200,
  load: reading(async (tx, ids) => grouped(ids, await findBudgets(tx, ids, FIRST_CONCURRENCY), (row) => row.sourceId)),
};
