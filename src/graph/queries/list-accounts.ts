import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";

/** Conditions of the list of accounts; names and meaning as in the SDL. */
export interface AccountListFilter extends EntityFilter {
  readonly ownership?: string | null | undefined;
  readonly kind?: string | null | undefined;
}

/** Accounts. */
export const ACCOUNTS: EntityList<"Account", AccountListFilter> = {
  type: "Account",
  conditions: (_tx, filter) => ({
    indexed: [indexedBy("kind", filter.kind), indexedBy("ownership", filter.ownership)],
  }),
};
