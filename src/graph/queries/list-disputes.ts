import type { Transaction } from "../../store/database.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { DisputeRow } from "../../store/queries/rows.ts";

/** Conditions of the list of disputes; names and meaning as in the SDL. */
export interface DisputeListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
}

/** A page of disputes, newest first. */
export function listDisputes(tx: Transaction, filter: DisputeListFilter, page: PageRequest): Promise<DisputeRow[]> {
  return listEntities(tx, "Dispute", { filter, indexed: [indexedBy("status", filter.status)], page });
}
