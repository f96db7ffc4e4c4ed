import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";
import { type AmountRange, amountWithin, timeWithin } from "./searches.ts";

/** Conditions of the list of disputes; names and meaning as in the SDL. */
export interface DisputeListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly payment?: string | null | undefined;
  readonly reason?: readonly string[] | null | undefined;
  readonly amount?: AmountRange | null | undefined;
  readonly dueFrom?: string | null | undefined;
  readonly dueTo?: string | null | undefined;
}

/** Disputes. */
export const DISPUTES: EntityList<"Dispute", DisputeListFilter> = {
  type: "Dispute",
  conditions: (_tx, filter) => ({
    indexed: [
      indexedBy("payment_id", filter.payment),
      indexedBy("status", filter.status),
      indexedBy("reason", filter.reason),
    ],
    searches: [
      timeWithin("disputes", "due_order", filter.dueFrom, filter.dueTo),
      amountWithin("disputes", filter.amount),
    ],
  }),
};
