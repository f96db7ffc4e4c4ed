/*
 * Which bank transaction a payout of a processor arrived as. Nothing is stored: a statement that comes later may say
 * better. A transaction is possible when another source booked it as a credit, in the same currency and of exactly the same
 * amount, from two days before the expected arrival to seven days after it. Of the possible ones
 *
 * - one that names the payout, by its id or by one of its references, is it: the nearest day first. A transaction that names
 *   a payout is no other's;
 * - otherwise it is it only when there is no doubt: no second possible transaction for the payout, and no second payout for
 *   the transaction, those left out that are settled by a name.
 *
 * So each transaction is matched to one payout at most, whichever side is asked.
 */

/** A payout and a transaction that it may have arrived as. */
export interface PossibleArrival {
  readonly payoutId: string;
  readonly transactionId: string;
  /** The payout's reference that stands in the transaction; null for none. */
  readonly name: string | null;
  /** Days between the expected arrival and the booking. */
  readonly distance: number;
}

/**
 * The arrival of each payout that has one.
 * @param possible of these payouts, and of every payout that one of their possible transactions may be
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

/** Of equal ones always the same, in whichever order they come. */
function nearestNamed<Arrival extends PossibleArrival>(arrivals: readonly Arrival[]): Arrival | undefined {
  const keyOf = ({ payoutId, transactionId }: Arrival): string => `${payoutId} ${transactionId}`;
  return arrivals
    .filter(({ name }) => name !== null)
    .toSorted((a, b) => a.distance - b.distance || (keyOf(a) < keyOf(b) ? -1 : 1))[0];
}
