import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";
import { type AmountRange, amountWithin } from "./searches.ts";

/** Conditions of the list of payouts; names and meaning as in the SDL. */
export interface PayoutListFilter extends EntityFilter {
  readonly status?: readonly string[] | null | undefined;
  readonly destination?: string | null | undefined;
  readonly proof?: readonly string[] | null | undefined;
  readonly account?: string | null | undefined;
  readonly amount?: AmountRange | null | undefined;
}

/** Payouts. */
export const PAYOUTS: EntityList<"Payout", PayoutListFilter> = {
  type: "Payout",
  conditions: (_tx, filter) => ({
    indexed: [
      indexedBy("destination_id", filter.destination),
      indexedBy("account_id", filter.account),
      indexedBy("status", filter.status),
      indexedBy("proof_state", filter.proof),
    ],
    searches: [amountWithin("payouts", filter.amount)],
  }),
};
