import { decimalOf } from "../world/amounts.ts";
import { balancesOf } from "../world/balances.ts";
import type { World } from "../world/world.ts";

/**
 * Expected data for a reader of the Item, in an independent form: outgoing amounts are negative, and no value is a
 * float.
 */
export function truth(world: World) {
  const text = (units: bigint | undefined): string | null => (units === undefined ? null : decimalOf(units));
  const all = world.transactions();
  const postings = Map.groupBy(all, ({ pendingId }) => pendingId);
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
        // If several transactions name one pending transaction, the reader decides which of them continues it.
        isOneOfSeveral: pendingId !== null && (postings.get(pendingId)?.length ?? 0) > 1,
        day,
      })),
    removed: all.filter(({ isRemoved }) => isRemoved).map(({ id }) => id),
    put: all.filter(({ isRemoved, raw }) => !isRemoved && raw !== undefined).map(({ id }) => id),
  };
}
