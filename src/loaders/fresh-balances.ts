import { refusal, type Verdict } from "../read-through/verdict.ts";
import { BALANCES_BY_ACCOUNT } from "../store/read/child-lists.ts";
import { findAgedBalances } from "../store/read/find-aged.ts";
import { findChildren } from "../store/read/find-children.ts";
import { findEntities } from "../store/read/find-entities.ts";
import type { BalanceRow } from "../store/read/rows.ts";
import { inOrder, type LoaderSpec } from "./define-loader.ts";
import { isFetched, type Refreshed } from "./fresh-entity.ts";

/** An account whose balances are wanted, and how old the oldest of them may be. */
export interface FreshBalancesKey {
  readonly accountId: string;
  /** Seconds before the start of the operation, at least 0. */
  readonly maxAge: number;
  /** Balances of one account at most. */
  readonly limit: number;
}

/**
 * Balances of accounts, newest first. At no source has a balance a life of its own: where one is older than asked, its
 * account is fetched, which brings them all. Two statements for all accounts, and one more when some were fetched.
 */
export const freshBalances: LoaderSpec<FreshBalancesKey, readonly Refreshed<BalanceRow>[]> = {
  key: ({ accountId, maxAge, limit }) => `${accountId} ${maxAge} ${limit}`,
  maxBatch: 1_000,
  isPassing: (rows) => rows.some(({ verdict }) => verdict.kind === "refused"),
  load: async ({ database, tenantId, reads }, keys) => {
    const readAtMs = reads.nowMs();
    const accountIds = keys.map(({ accountId }) => accountId);
    const ages = inOrder(
      accountIds,
      await database.read(tenantId, (tx) => findAgedBalances(tx, [...new Set(accountIds)])),
      ({ id }) => id,
    );
    const wanted = keys.flatMap(({ maxAge }, index) => {
      const account = ages[index];
      return account === undefined ? [] : [{ ...account, entity: "Account" as const, maxAgeMs: maxAge * 1_000 }];
    });
    const refreshed = await reads.refresh({ readAtMs, wanted });
    const verdicts = new Map(wanted.map(({ id, maxAgeMs }, index) => [`${id} ${maxAgeMs}`, refreshed[index]]));
    const pages = keys.map(({ accountId, limit }) => ({ parentId: accountId, limit, after: undefined }));
    const fetched = wanted.flatMap(({ id }, index) => (isFetched(refreshed[index]) ? [id] : []));
    const [balances, accounts] = await database.read(tenantId, async (tx) => [
      await findChildren(tx, BALANCES_BY_ACCOUNT, pages),
      fetched.length === 0 ? [] : await findEntities(tx, "Account", [...new Set(fetched)]),
    ]);
    const observedAt = new Map(accounts.map((account) => [account.id, account.observedAt]));
    return keys.map(({ accountId, maxAge }, index) => {
      const verdict = verdicts.get(`${accountId} ${maxAge * 1_000}`);
      if (verdict === undefined || verdict instanceof Error) return verdict ?? [];
      return (balances[index] ?? []).map((row) => ({
        ...row,
        verdict: ofOne(row, verdict, observedAt.get(accountId)),
      }));
    });
  },
};

/** A balance that the account's answer did not have was not observed with it: perhaps it is gone, which the next sync tells. */
function ofOne({ observedAt }: BalanceRow, verdict: Verdict, accountObservedAt: string | undefined): Verdict {
  const isMissing = isFetched(verdict) && accountObservedAt !== undefined && observedAt < accountObservedAt;
  return isMissing ? refusal("NOT_FETCHABLE") : verdict;
}
