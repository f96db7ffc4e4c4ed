/*
 * Decides which bank transaction a processor's payout arrived as. The match is not stored: a later statement may give
 * better evidence. A transaction is possible if another source booked it as a credit (for a negative payout, with which
 * a processor takes money from our account: as a debit), in the same currency and of exactly the same amount, from two
 * days before the expected arrival to seven days after it. Among the possible transactions
 *
 * - one that contains the payout's id or one of its references is the match, the nearest day first. A transaction that
 * contains a payout's reference matches no other payout;
 * - otherwise there is a match only if it is unambiguous: no second possible transaction for the payout, and no second
 * payout for the transaction, not counting those already matched by a reference.
 *
 * So each transaction is matched to one payout at most, from whichever side the match is requested.
 */

/** A payout and a transaction that it may have arrived as. */
export interface PossibleArrival {
  readonly payoutId: string;
  readonly transactionId: string;
  /** Reference of the payout that the transaction contains; null if none. */
  readonly name: string | null;
  /** Days between the expected arrival and the booking. */
  readonly distance: number;
}

/**
 * Returns the arrival of each payout that has one.
 * @param possible possible arrivals of these payouts, and of every payout that one of their possible transactions may
 * match
 */
export function decideArrivals<Arrival extends PossibleArrival>(
  possible: readonly Arrival[],
  payoutIds: ReadonlySet<string>,
): Arrival[] {
  const byPayout = Map.groupBy(possible, ({ payoutId }) => payoutId);
  const byTransaction = Map.groupBy(possible, ({ transactionId }) => transactionId);
  const namedOf = new Map([...byPayout].map(([id, arrivals]) => [id, nearestNamed(arrivals)]));
  const namedIn = new Map([...byTransaction].map(([id, arrivals]) => [id, nearestNamed(arrivals)]));

  function withoutName(payoutId: string): Arrival | undefined {
    const free = byPayout.get(payoutId)?.filter(({ transactionId }) => namedIn.get(transactionId) === undefined) ?? [];
    const [only] = free;
    if (only === undefined || free.length > 1) return undefined;
    const rivals = byTransaction.get(only.transactionId)?.filter((rival) => rival.payoutId !== payoutId) ?? [];
    return rivals.every((rival) => namedOf.get(rival.payoutId) !== undefined) ? only : undefined;
  }

  return [...payoutIds].flatMap((payoutId) => {
    const named = namedOf.get(payoutId);
    if (named === undefined) return withoutName(payoutId) ?? [];
    return namedIn.get(named.transactionId) === named ? [named] : [];
  });
}

/** Among equal arrivals the choice is always the same, whatever their order. */
function nearestNamed<Arrival extends PossibleArrival>(arrivals: readonly Arrival[]): Arrival | undefined {
  const keyOf = ({ payoutId, transactionId }: Arrival): string => `${payoutId} ${transactionId}`;
  return arrivals
    .filter(({ name }) => name !== null)
    .toSorted((a, b) => a.distance - b.distance || (keyOf(a) < keyOf(b) ? -1 : 1))[0];
}
