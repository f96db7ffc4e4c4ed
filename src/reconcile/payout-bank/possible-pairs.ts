import { addDays } from "../../domain/payout-route.ts";
import type { Transaction } from "../../store/database.ts";
import { loadArrivals } from "./facts.ts";
import { findExpected, payoutOfItem } from "./items.ts";
import { type ExpectedPayout, textOfUnits } from "./model.ts";
import { hasAmountOf } from "./match-mentioned.ts";
import type { PossiblePair } from "./match-unique.ts";
import { EARLY_DAYS, isPossibleArrival, reachOf, type Routes } from "./route-rules.ts";

/** More transactions of one amount in some days cannot be distinguished anyway. */
const MAX_POSSIBLE = 50;

/** Finds the transactions of the amounts of these payouts, and every payout that may have arrived as one of those. */
export async function findPossiblePairs(
  tx: Transaction,
  payouts: readonly ExpectedPayout[],
  routes: Routes,
): Promise<readonly PossiblePair[]> {
  const transactionIds = await findTransactionsOfAmounts(tx, payouts);
  const arrivals = await loadArrivals(tx, transactionIds, routes);
  const reach = reachOf(routes);
  const expected = await findExpected(
    tx,
    arrivals.map(({ currency, direction, units, day }) => ({
      currency,
      direction,
      amount: textOfUnits(units),
      from: addDays(day, -reach),
      to: addDays(day, EARLY_DAYS),
    })),
  );
  const all = new Map(
    [...payouts, ...expected.flatMap((item) => payoutOfItem(item) ?? [])].map((one) => [one.id, one]),
  );
  const byAmount = Map.groupBy(
    [...all.values()].flatMap((payout) => [
      { key: payout.units, payout },
      ...(payout.ruleUnits === undefined ? [] : [{ key: payout.ruleUnits, payout }]),
    ]),
    ({ key }) => key,
  );
  return arrivals.flatMap((transaction) =>
    (byAmount.get(transaction.units) ?? [])
      .filter(({ payout }) => hasAmountOf(payout, transaction) && isPossibleArrival(routes, payout, transaction))
      .map(({ payout }) => ({ payout, transaction })),
  );
}

/** `offset 0` keeps the conditions of one step from choosing the index of another, as in bank_transaction_search. */
async function findTransactionsOfAmounts(
  tx: Transaction,
  payouts: readonly ExpectedPayout[],
): Promise<readonly string[]> {
  if (payouts.length === 0) return [];
  const amounts = payouts.flatMap((payout) => [
    { payout, units: payout.units },
    ...(payout.ruleUnits === undefined ? [] : [{ payout, units: payout.ruleUnits }]),
  ]);
  const lookup = (prefix: string): string => `
    select found.id from expected cross join lateral (
      select search.id from bank_transaction_search as search
      where search.${prefix}currency = expected.currency and search.${prefix}amount = expected.amount
        and search.direction = expected.direction and search.arrived_on between expected.first and expected.last
        and search.source_id <> expected.source_id
      order by search.arrived_on, search.id limit ${MAX_POSSIBLE}
    ) as found`;
  const rows = await tx.query<{ id: string }>(
    `with expected as materialized (
       select * from unnest($1::text[], $2::text[], $3::numeric[], $4::date[], $5::date[], $6::text[])
         as one (currency, direction, amount, first, last, source_id)
     ) ${lookup("")} union ${lookup("instructed_")}`,
    [
      amounts.map(({ payout }) => payout.currency),
      amounts.map(({ payout }) => payout.direction),
      amounts.map(({ units }) => textOfUnits(units)),
      amounts.map(({ payout }) => addDays(payout.day, -EARLY_DAYS)),
      amounts.map(({ payout }) => payout.lastDay),
      amounts.map(({ payout }) => payout.sourceId),
    ],
  );
  return rows.map(({ id }) => id);
}
