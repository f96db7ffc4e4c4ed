import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";
import { type AmountRange, amountWithin } from "./searches.ts";

/** Conditions of the list of refunds; names and meaning as in the SDL. */
export interface RefundListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly payment?: string | null | undefined;
  readonly reason?: readonly string[] | null | undefined;
  readonly amount?: AmountRange | null | undefined;
}

/** Refunds. */
export const REFUNDS: EntityList<"Refund", RefundListFilter> = {
  type: "Refund",
  conditions: (_tx, filter) => ({
    indexed: [
      indexedBy("payment_id", filter.payment),
      indexedBy("status", filter.status),
      indexedBy("reason", filter.reason),
    ],
    searches: [amountWithin("refunds", filter.amount)],
  }),
};
