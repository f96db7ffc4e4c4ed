import type { Transaction } from "../../store/database.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { PartyRow } from "../../store/queries/rows.ts";

/** Conditions of the list of parties; names and meaning as in the SDL. */
export interface PartyListFilter extends EntityFilter {
  readonly kind?: string | null | undefined;
}

/** A page of parties, newest first. */
export function listParties(tx: Transaction, filter: PartyListFilter, page: PageRequest): Promise<PartyRow[]> {
  return listEntities(tx, "Party", { filter, indexed: [indexedBy("kind", filter.kind)], page });
}
