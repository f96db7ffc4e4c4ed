import { type Arrival, type ExpectedPayout, type Match, MAX_PROPOSALS, propose, type Proposals } from "./model.ts";
import { residueKindOf, routeById, type Routes } from "./route-rules.ts";

/** A payout, and a transaction of its amount that may be its arrival. */
export interface PossiblePair {
  readonly payout: ExpectedPayout;
  readonly transaction: Arrival;
}

/**
 * Matches payouts with the only transaction that may be their arrival, if no other payout may have arrived as it.
 * @param pairs all possible pairs of these payouts, and of these transactions
 */
export function matchUnique(
  pairs: readonly PossiblePair[],
  payoutIds: ReadonlySet<string>,
  routes: Routes,
  proposals: Proposals,
): readonly Match[] {
  const byPayout = Map.groupBy(pairs, ({ payout }) => payout.id);
  const byTransaction = Map.groupBy(pairs, ({ transaction }) => transaction.id);
  const matches: Match[] = [];
  for (const payoutId of [...payoutIds].toSorted()) {
    const own = byPayout.get(payoutId) ?? [];
    const [only] = own;
    if (only === undefined) continue;
    if (own.length === 1 && byTransaction.get(only.transaction.id)?.length === 1) {
      matches.push(matchOf(only, routes));
      continue;
    }
    for (const { payout, transaction } of own.toSorted(byTransactionId).slice(0, MAX_PROPOSALS)) {
      propose(proposals, [payoutId], {
        reason: "SEVERAL_CANDIDATES",
        payoutIds: [payoutId],
        transactionIds: [transaction.id],
        difference: payout.units - transaction.units,
      });
    }
  }
  return matches;
}

function byTransactionId(a: PossiblePair, b: PossiblePair): number {
  return a.transaction.id < b.transaction.id ? -1 : 1;
}

function matchOf({ payout, transaction }: PossiblePair, routes: Routes): Match {
  const residue = payout.units - transaction.units;
  return {
    payoutIds: [payout.id],
    transactionIds: [transaction.id],
    decidedBy: "UNIQUE",
    reasons: ["AMOUNT", "DATE", "ONLY_ONE"],
    name: undefined,
    residue,
    residueKind: residueKindOf(routeById(routes, payout.route), residue, [transaction]),
  };
}
