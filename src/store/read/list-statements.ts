import type { Transaction } from "../database.ts";
import { equals, isFlag, isOneOf, isWithinDays } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import type { StatementRow } from "./rows.ts";

/** Conditions of the list of statements; names and meaning as in the SDL. */
export interface StatementListFilter extends Omit<EntityFilter, "createdFrom" | "createdTo"> {
  readonly account?: string | null | undefined;
  readonly kind?: readonly string[] | null | undefined;
  readonly closes?: boolean | null | undefined;
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
  const own = [
    equals("account_id", filter.account),
    isOneOf("kind", filter.kind),
    isFlag("closes", filter.closes),
    isFlag("is_complete", filter.isComplete),
    isWithinDays({ first: "first_day", last: "last_day" }, filter.dayFrom, filter.dayTo),
  ];
  return listEntities(tx, "Statement", { filter, own, page });
}
