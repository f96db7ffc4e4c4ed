import type { Transaction } from "../../store/database.ts";
import { isWithinDays } from "../../store/queries/conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy, indexedByFlag } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { StatementRow } from "../../store/queries/rows.ts";

/** Conditions of the list of statements; names and meaning as in the SDL. */
export interface StatementListFilter extends Omit<EntityFilter, "createdFrom" | "createdTo"> {
  readonly account?: string | null | undefined;
  readonly kind?: readonly string[] | null | undefined;
  readonly isBalanced?: boolean | null | undefined;
  readonly isComplete?: boolean | null | undefined;
  /** Days, both inclusive. */
  readonly dayFrom?: string | null | undefined;
  readonly dayTo?: string | null | undefined;
}

/** A page of statements, newest first. */
export function listStatements(
  tx: Transaction,
  filter: StatementListFilter,
  page: PageRequest,
): Promise<StatementRow[]> {
  const indexed = [
    indexedBy("account_id", filter.account),
    indexedBy("kind", filter.kind),
    indexedByFlag("is_balanced", filter.isBalanced),
    indexedByFlag("is_complete", filter.isComplete),
  ];
  const own = [isWithinDays({ first: "first_day", last: "last_day" }, filter.dayFrom, filter.dayTo)];
  return listEntities(tx, "Statement", { filter, indexed, own, page });
}
