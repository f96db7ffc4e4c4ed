import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";
import { timeWithin } from "./searches.ts";

/** Conditions of the list of ledger entries; names and meaning as in the SDL. */
export interface LedgerEntryListFilter extends EntityFilter {
  readonly account?: string | null | undefined;
  readonly kind?: readonly string[] | null | undefined;
  readonly availableFrom?: string | null | undefined;
  readonly availableTo?: string | null | undefined;
}

/** Ledger entries. */
export const LEDGER_ENTRIES: EntityList<"LedgerEntry", LedgerEntryListFilter> = {
  type: "LedgerEntry",
  conditions: (_tx, filter) => ({
    indexed: [indexedBy("account_id", filter.account), indexedBy("kind", filter.kind)],
    searches: [timeWithin("ledger_entries", "available_order", filter.availableFrom, filter.availableTo)],
  }),
};
