import type { Transaction } from "../database.ts";
import { equals } from "./conditions.ts";
import { type EntityFilter, listEntities } from "./list-entities.ts";
import type { PageRequest } from "./page.ts";
import type { AccountRow } from "./rows.ts";

/** Conditions of the list of accounts; names and meaning as in the SDL. */
export interface AccountListFilter extends EntityFilter {
  readonly ownership?: string | null | undefined;
  readonly kind?: string | null | undefined;
}

/** A page of accounts, newest first. */
export function listAccounts(tx: Transaction, filter: AccountListFilter, page: PageRequest): Promise<AccountRow[]> {
  const own = [equals("ownership", filter.ownership), equals("kind", filter.kind)];
  return listEntities(tx, "Account", { filter, own, page });
}
