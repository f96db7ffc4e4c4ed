import type { Transaction } from "../database.ts";
import { equals, isOneOf } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import type { PayoutRow } from "./rows.ts";

/** Conditions of the list of payouts; names and meaning as in the SDL. */
export interface PayoutListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly destination?: string | null | undefined;
}

/** A page of payouts, newest first. */
export function listPayouts(tx: Transaction, filter: PayoutListFilter, page: PageRequest): Promise<PayoutRow[]> {
  const own = [isOneOf("status", filter.status), equals("destination_id", filter.destination)];
  return listEntities(tx, "Payout", { filter, own, page });
}
