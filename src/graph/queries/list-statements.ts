import { isWithinDays } from "../../store/queries/conditions.ts";
import { indexedBy, indexedByFlag } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";

/** Conditions of the list of statements; names and meaning as in the SDL. */
export interface StatementListFilter extends Omit<EntityFilter, "createdFrom" | "createdTo"> {
  readonly account?: string | null | undefined;
  readonly kind?: readonly string[] | null | undefined;
  readonly isBalanced?: boolean | null | undefined;
  readonly isComplete?: boolean | null | undefined;
  /** First day, and the day after the last one. */
  readonly dayFrom?: string | null | undefined;
  readonly dayTo?: string | null | undefined;
}

/** Statements. */
export const STATEMENTS: EntityList<"Statement", StatementListFilter> = {
  type: "Statement",
  conditions: (_tx, filter) => ({
    indexed: [
      indexedBy("account_id", filter.account),
      indexedBy("kind", filter.kind),
      indexedByFlag("is_balanced", filter.isBalanced),
      indexedByFlag("is_complete", filter.isComplete),
    ],
    checks: [isWithinDays({ first: "first_day", last: "last_day" }, filter.dayFrom, filter.dayTo)],
  }),
};
