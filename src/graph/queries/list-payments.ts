import type { Transaction } from "../../store/database.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { PaymentRow } from "../../store/queries/rows.ts";

/** Conditions of the list of payments; names and meaning as in the SDL. */
export interface PaymentListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly kind?: string | null | undefined;
  readonly debtor?: string | null | undefined;
}

/** A page of payments, newest first. */
export function listPayments(tx: Transaction, filter: PaymentListFilter, page: PageRequest): Promise<PaymentRow[]> {
  const indexed = [
    indexedBy("debtor_id", filter.debtor),
    indexedBy("status", filter.status),
    indexedBy("kind", filter.kind),
  ];
  return listEntities(tx, "Payment", { filter, indexed, page });
}
