import type { Account } from "./accounts.ts";
import type { World } from "./world.ts";

/** Units, see `SCALE`; undefined where Plaid says null. */
export interface Balances {
  readonly available: bigint | undefined;
  readonly current: bigint | undefined;
}

/**
 * What is on an account, or owed on it, by its transactions.
 * @param live as the bank says at this moment; otherwise as it was when Plaid last read it
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
  // What is held for investment cannot be spent at once.
  return { current, available: account.type === "investment" ? undefined : current - pending };
}
