import { type Condition, literally } from "../../store/queries/conditions.ts";
import { indexedBy } from "./indexed-filter.ts";
import type { EntityFilter, EntityList } from "./list-entities.ts";

/** Conditions of the list of accounts; names and meaning as in the SDL. */
export interface AccountListFilter extends EntityFilter {
  readonly ownership?: string | null | undefined;
  readonly kind?: string | null | undefined;
  readonly balanceChain?: readonly string[] | null | undefined;
}

/** Accounts. */
export const ACCOUNTS: EntityList<"Account", AccountListFilter> = {
  type: "Account",
  conditions: (_tx, { kind, ownership, balanceChain }) => {
    const own = { indexed: [indexedBy("kind", kind), indexedBy("ownership", ownership)] };
    if (balanceChain === null || balanceChain === undefined) return own;
    return { ...own, checks: [balanceChain.length === 0 ? literally("false") : HAS_BROKEN_CHAIN], isShort: true };
  },
};

/**
 * The open findings are read once, by their kind. `offset 0` keeps what is read from their evidence out of the search
 * for the statements, which could otherwise not use an index in a table with row security.
 */
const HAS_BROKEN_CHAIN: Condition = literally(`accounts.id = any(array(
  select finding.evidence ->> 'id' from findings as finding
  where finding.closed_at is null and finding.kind = 'BALANCE_CHAIN_BROKEN'
  union
  select statement.account_id from (
    select finding.evidence ->> 'statementId' as id from findings as finding where finding.closed_at is null
      and finding.kind in ('STATEMENT_NOT_CLOSED', 'STATEMENT_GAP', 'STATEMENT_OVERLAP') offset 0
  ) as broken
  cross join lateral (select * from statements where id = broken.id offset 0) as statement
  where statement.kind = 'STATEMENT' and statement.content_hash is not null and statement.deleted_at is null
))`);
