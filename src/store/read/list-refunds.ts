import type { Transaction } from "../database.ts";
import { isOneOf } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import type { RefundRow } from "./rows.ts";

/** Conditions of the list of refunds; names and meaning as in the SDL. */
export interface RefundListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
}

/** A page of refunds, newest first. */
export function listRefunds(tx: Transaction, filter: RefundListFilter, page: PageRequest): Promise<RefundRow[]> {
  const own = [isOneOf("status", filter.status)];
  return listEntities(tx, "Refund", { filter, own, page });
}
