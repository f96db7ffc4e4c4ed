import type { Account } from "./accounts.ts";
import type { World } from "./world.ts";

/** Units, see `SCALE`; undefined where Plaid returns null. */
export interface Balances {
  readonly available: bigint | undefined;
  readonly current: bigint | undefined;
}

/**
 * Balance of an account, or debt on it, according to its transactions.
 * @param live true for the bank's current values; otherwise those of Plaid's last read
 */
export function balancesOf(world: World, account: Account, live: boolean): Balances {
  const drift = live ? BigInt(world.state().drift[account.id] ?? "0") : 0n;
  let [posted, pending] = [0n, 0n];
  for (const { accountId, units, pending: isPending, isRemoved, raw } of world.transactions()) {
    if (accountId !== account.id || isRemoved || raw !== undefined) continue;
    if (isPending) pending += units;
    else posted += units;
  }
  if (account.type === "credit") {
    const owed = account.opening + posted + drift;
    return { current: owed, available: account.limit === undefined ? undefined : account.limit - owed - pending };
  }
  const current = account.opening - posted + drift;
  // Invested money cannot be spent immediately.
  return { current, available: account.type === "investment" ? undefined : current - pending };
}
