import { decimalOf } from "../world/amounts.ts";
import { balancesOf } from "../world/balances.ts";
import type { World } from "../world/world.ts";

/** What whoever reads the Item should come to know, in words of its own: money leaves with a minus, and nothing is a float. */
export function truth(world: World) {
  const text = (units: bigint | undefined): string | null => (units === undefined ? null : decimalOf(units));
  const all = world.transactions();
  return {
    itemId: world.itemId,
    accounts: world.accounts().map((account) => {
      const { available, current } = balancesOf(world, account, false);
      const sign = account.type === "credit" ? -1n : 1n;
      const booked = current === undefined ? undefined : sign * current;
      return { id: account.id, currency: account.currency, available: text(available), booked: text(booked) };
    }),
    transactions: all
      .filter(({ isRemoved, raw }) => !isRemoved && raw === undefined)
      .map(({ id, accountId, units, pending, pendingId, day }) => ({
        id,
        accountId,
        amount: decimalOf(-units),
        currency: world.findAccount(accountId)?.currency,
        pending,
        replaces: pendingId,
        day,
      })),
    removed: all.filter(({ isRemoved }) => isRemoved).map(({ id }) => id),
    put: all.filter(({ isRemoved, raw }) => !isRemoved && raw !== undefined).map(({ id }) => id),
  };
}
