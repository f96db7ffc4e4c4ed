import type { Transaction } from "../database.ts";
import { equals } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import type { PartyRow } from "./rows.ts";

/** Conditions of the list of parties; names and meaning as in the SDL. */
export interface PartyListFilter extends EntityFilter {
  readonly kind?: string | null | undefined;
}

/** A page of parties, newest first. */
export function listParties(tx: Transaction, filter: PartyListFilter, page: PageRequest): Promise<PartyRow[]> {
  const own = [equals("kind", filter.kind)];
  return listEntities(tx, "Party", { filter, own, page });
}
