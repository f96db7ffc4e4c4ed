import type { Transaction } from "../../store/database.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import { indexedBy } from "./list-page.ts";
import type { PageRequest } from "./page.ts";
import type { AccountRow } from "../../store/queries/rows.ts";

/** Conditions of the list of accounts; names and meaning as in the SDL. */
export interface AccountListFilter extends EntityFilter {
  readonly ownership?: string | null | undefined;
  readonly kind?: string | null | undefined;
}

/** A page of accounts, newest first. */
export function listAccounts(tx: Transaction, filter: AccountListFilter, page: PageRequest): Promise<AccountRow[]> {
  const indexed = [indexedBy("kind", filter.kind), indexedBy("ownership", filter.ownership)];
  return listEntities(tx, "Account", { filter, indexed, page });
}
