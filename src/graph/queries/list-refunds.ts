import type { Transaction } from "../../store/database.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { RefundRow } from "../../store/queries/rows.ts";

/** Conditions of the list of refunds; names and meaning as in the SDL. */
export interface RefundListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
}

/** A page of refunds, newest first. */
export function listRefunds(tx: Transaction, filter: RefundListFilter, page: PageRequest): Promise<RefundRow[]> {
  return listEntities(tx, "Refund", { filter, indexed: [indexedBy("status", filter.status)], page });
}
