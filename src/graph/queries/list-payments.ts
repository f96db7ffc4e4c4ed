import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";
import { type AmountRange, amountWithin, hasWords } from "./searches.ts";

/** Conditions of the list of payments; names and meaning as in the SDL. */
export interface PaymentListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly kind?: string | null | undefined;
  readonly debtor?: string | null | undefined;
  readonly creditor?: string | null | undefined;
  readonly method?: readonly string[] | null | undefined;
  readonly amount?: AmountRange | null | undefined;
  readonly text?: string | null | undefined;
}

/** Payments. */
export const PAYMENTS: EntityList<"Payment", PaymentListFilter> = {
  type: "Payment",
  conditions: (tx, filter) => ({
    indexed: [
      indexedBy("debtor_id", filter.debtor),
      indexedBy("creditor_id", filter.creditor),
      indexedBy("status", filter.status),
      indexedBy("method", filter.method),
      indexedBy("kind", filter.kind),
    ],
    searches: [hasWords(tx, "payments", filter.text), amountWithin("payments", filter.amount)],
  }),
};
