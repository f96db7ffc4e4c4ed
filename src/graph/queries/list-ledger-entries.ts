import type { Transaction } from "../../store/database.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { LedgerEntryRow } from "../../store/queries/rows.ts";

/** Conditions of the list of ledger entries; names and meaning as in the SDL. */
export interface LedgerEntryListFilter extends EntityFilter {
  readonly account?: string | null | undefined;
  readonly kind?: readonly string[] | null | undefined;
}

/** A page of ledger entries, newest first. */
export function listLedgerEntries(
  tx: Transaction,
  filter: LedgerEntryListFilter,
  page: PageRequest,
): Promise<LedgerEntryRow[]> {
  const indexed = [indexedBy("account_id", filter.account), indexedBy("kind", filter.kind)];
  return listEntities(tx, "LedgerEntry", { filter, indexed, page });
}
