import type { Account } from "./accounts.ts";
import { balancesOf } from "./balances.ts";
import type { DraftAt } from "./transaction.ts";
import type { World } from "./world.ts";

/** A company pays what its card owes once that is a tenth of the limit, so that the debt stays plausible for any time. */
export function repaid(world: World, account: Account): Pick<DraftAt, "isSpent"> {
  if (account.holder === "personal") return {};
  const { current = 0n } = balancesOf(world, account, false);
  return { isSpent: current * 10n < (account.limit ?? 0n) };
}
