import type { Transaction } from "../../store/database.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { PayoutRow } from "../../store/queries/rows.ts";

/** Conditions of the list of payouts; names and meaning as in the SDL. */
export interface PayoutListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly destination?: string | null | undefined;
}

/** A page of payouts, newest first. */
export function listPayouts(tx: Transaction, filter: PayoutListFilter, page: PageRequest): Promise<PayoutRow[]> {
  const indexed = [indexedBy("destination_id", filter.destination), indexedBy("status", filter.status)];
  return listEntities(tx, "Payout", { filter, indexed, page });
}
