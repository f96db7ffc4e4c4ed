import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";
import { hasWords } from "./searches.ts";

/** Conditions of the list of parties; names and meaning as in the SDL. */
export interface PartyListFilter extends EntityFilter {
  readonly kind?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/** Parties. */
export const PARTIES: EntityList<"Party", PartyListFilter> = {
  type: "Party",
  conditions: (tx, filter) => ({
    indexed: [indexedBy("email_key", emailKey(filter.email)), indexedBy("kind", filter.kind)],
    searches: [hasWords(tx, "parties", filter.name)],
  }),
};

/** An address without the case of its Latin letters, as in 0024-list-orders.ts. */
function emailKey(email: string | null | undefined): string | undefined {
  return email?.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
