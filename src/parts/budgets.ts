import { randomUUID } from "node:crypto";
import type { Part } from "../runtime/parts.ts";
import type { Database } from "../store/database.ts";
import { openSharedBudgets } from "../upstream/budget/shared-budgets.ts";
import { systemClock } from "../runtime/clock.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly budgetDb: Database;
}

/** The rate limits of the upstreams, shared with all replicas. */
export const part: Part<Needs, { readonly budgets: ReturnType<typeof openSharedBudgets> }> = {
  name: "budgets",
  start: ({ budgetDb, log }) => ({
    budgets: openSharedBudgets({
      database: budgetDb,
      replica: randomUUID(),
      clock: systemClock,
      onProblem: (err) => log.warn({ err }, "budgets can't be shared at the moment"),
    }),
  }),
  close: ({ budgets }) => budgets.close(),
};
