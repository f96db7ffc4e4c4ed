import type { Transaction } from "../database.ts";
import { isOneOf } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import type { DisputeRow } from "./rows.ts";

/** Conditions of the list of disputes; names and meaning as in the SDL. */
export interface DisputeListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
}

/** A page of disputes, newest first. */
export function listDisputes(tx: Transaction, filter: DisputeListFilter, page: PageRequest): Promise<DisputeRow[]> {
  const own = [isOneOf("status", filter.status)];
  return listEntities(tx, "Dispute", { filter, own, page });
}
