import type { Transaction } from "../database.ts";
import { equals, isOneOf } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import type { PaymentRow } from "./rows.ts";

/** Conditions of the list of payments; names and meaning as in the SDL. */
export interface PaymentListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly kind?: string | null | undefined;
  readonly debtor?: string | null | undefined;
}

/** A page of payments, newest first. */
export function listPayments(tx: Transaction, filter: PaymentListFilter, page: PageRequest): Promise<PaymentRow[]> {
  const own = [isOneOf("status", filter.status), equals("kind", filter.kind), equals("debtor_id", filter.debtor)];
  return listEntities(tx, "Payment", { filter, own, page });
}
