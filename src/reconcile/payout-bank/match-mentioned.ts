import { daysBetween } from "../../domain/payout-route.ts";
import { findCoveringSets } from "./covering-sets.ts";
import {
  type Arrival,
  type ExpectedPayout,
  type Match,
  type Mention,
  propose,
  type Proposals,
  sumOf,
} from "./model.ts";
import { residueKindOf, routeById, type Routes, totalsBefore } from "./route-rules.ts";

/** Payouts and transactions that are connected by mentions. */
export interface MentionComponent {
  readonly payouts: readonly ExpectedPayout[];
  readonly transactions: readonly Arrival[];
  readonly mentions: readonly Mention[];
}

/** What is known of the objects that are not matched yet. */
interface Remaining {
  readonly payouts: Map<string, ExpectedPayout>;
  readonly transactions: Map<string, Arrival>;
}

/**
 * Matches payouts with the transactions that contain their names. A transaction of a payout's exact amount comes first,
 * the nearest day before others; then a transaction that contains the names of several payouts, and a payout whose name
 * several transactions contain, if the amounts add up in exactly one way. The result depends on the component only, not
 * on the order of its objects.
 */
export function matchMentioned(
  { payouts, transactions, mentions }: MentionComponent,
  routes: Routes,
  proposals: Proposals,
): readonly Match[] {
  const remaining: Remaining = {
    payouts: new Map(payouts.toSorted(byId).map((payout) => [payout.id, payout])),
    transactions: new Map(transactions.toSorted(byId).map((transaction) => [transaction.id, transaction])),
  };
  const ordered = mentions.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const matches: Match[] = [];
  const take = (found: readonly Match[]): void => {
    for (const match of found) {
      for (const id of match.payoutIds) remaining.payouts.delete(id);
      for (const id of match.transactionIds) remaining.transactions.delete(id);
      matches.push(match);
    }
  };
  for (let found = pairsIn(remaining, ordered, routes); found.length > 0; found = pairsIn(remaining, ordered, routes)) {
    take(found);
  }
  take(mergedIn(remaining, ordered, routes));
  take(splitIn(remaining, ordered, routes));
  proposeOthers(remaining, ordered, proposals);
  return matches;
}

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);
const keyOf = ({ payoutId, transactionId }: Mention): string => `${payoutId} ${transactionId}`;

/** A mention whose payout and transaction have the amount of each other. */
interface Pair {
  readonly payout: ExpectedPayout;
  readonly transaction: Arrival;
  readonly name: string;
  readonly distance: number;
}

/** Pairs of which each is the nearest for both. */
function pairsIn(remaining: Remaining, mentions: readonly Mention[], routes: Routes): readonly Match[] {
  const pairs = mentions.flatMap(({ payoutId, transactionId, name }): Pair[] => {
    const [payout, transaction] = [remaining.payouts.get(payoutId), remaining.transactions.get(transactionId)];
    if (payout === undefined || transaction === undefined || !hasAmountOf(payout, transaction)) return [];
    return [{ payout, transaction, name, distance: Math.abs(daysBetween(payout.day, transaction.day)) }];
  });
  const nearestOfPayout = nearestBy(pairs, ({ payout }) => payout.id);
  const nearestOfTransaction = nearestBy(pairs, ({ transaction }) => transaction.id);
  return [...nearestOfPayout.values()]
    .filter((pair) => nearestOfTransaction.get(pair.transaction.id) === pair)
    .map(({ payout, transaction, name }) => {
      const residue = payout.units - transaction.units;
      return {
        payoutIds: [payout.id],
        transactionIds: [transaction.id],
        decidedBy: "REFERENCE",
        reasons: ["REFERENCE", "AMOUNT", "DATE"],
        name,
        residue,
        residueKind: residueKindOf(routeById(routes, payout.route), residue, [transaction]),
      };
    });
}

/** True if the transaction has the payout's amount, or what is left of it after the declared fee. */
export function hasAmountOf(payout: ExpectedPayout, { units }: Arrival): boolean {
  return units === payout.units || units === payout.ruleUnits;
}

/** Among equal distances, and pairs with the exact amount before those with a fee, the ids decide. */
function nearestBy(pairs: readonly Pair[], keyOfPair: (pair: Pair) => string): ReadonlyMap<string, Pair> {
  const nearest = new Map<string, Pair>();
  for (const pair of pairs) {
    const other = nearest.get(keyOfPair(pair));
    if (other === undefined || compare(pair, other) < 0) nearest.set(keyOfPair(pair), pair);
  }
  return nearest;
}

function compare(a: Pair, b: Pair): number {
  const exact = (pair: Pair): number => (pair.payout.units === pair.transaction.units ? 0 : 1);
  return exact(a) - exact(b) || a.distance - b.distance || (pairKey(a) < pairKey(b) ? -1 : 1);
}

const pairKey = ({ payout, transaction }: Pair): string => `${payout.id} ${transaction.id}`;

/** Transactions that contain the names of several payouts, which no other transaction does. */
function mergedIn(remaining: Remaining, mentions: readonly Mention[], routes: Routes): readonly Match[] {
  return [...remaining.transactions.values()].flatMap((transaction): Match[] => {
    const own = payoutsOnlyIn(transaction.id, remaining, mentions);
    const [first] = own;
    if (first === undefined || own.length < 2 || own.some(({ route }) => route !== first.route)) return [];
    const route = routeById(routes, first.route);
    const totals = totalsBefore(route, transaction.units);
    const payoutIds = wholeOrUniqueSet(own, totals);
    if (payoutIds === undefined) return [];
    const residue = sumOf(own.filter(({ id }) => payoutIds.includes(id))) - transaction.units;
    return [
      {
        payoutIds,
        transactionIds: [transaction.id],
        decidedBy: "REFERENCE",
        reasons: ["REFERENCE", "SUM", "DATE"],
        name: mentions.find((one) => one.transactionId === transaction.id && payoutIds.includes(one.payoutId))?.name,
        residue,
        residueKind: residueKindOf(route, residue, [transaction]),
      },
    ];
  });
}

/** Payouts whose names several transactions contain, which contain no other payout's. */
function splitIn(remaining: Remaining, mentions: readonly Mention[], routes: Routes): readonly Match[] {
  return [...remaining.payouts.values()].flatMap((payout): Match[] => {
    const own = transactionsOnlyOf(payout.id, remaining, mentions);
    if (own.length < 2) return [];
    const transactionIds = wholeOrUniqueSet(own, [payout.units]);
    if (transactionIds === undefined) return [];
    return [
      {
        payoutIds: [payout.id],
        transactionIds,
        decidedBy: "REFERENCE",
        reasons: ["REFERENCE", "SUM", "DATE"],
        name: mentions.find((one) => one.payoutId === payout.id)?.name,
        residue: 0n,
        residueKind: residueKindOf(routeById(routes, payout.route), 0n, own),
      },
    ];
  });
}

/** Returns all of the parts if they have the sum, else their only subset that has it. */
function wholeOrUniqueSet(
  parts: readonly { readonly id: string; readonly units: bigint }[],
  targets: readonly bigint[],
): readonly string[] | undefined {
  if (targets.includes(sumOf(parts))) return parts.map(({ id }) => id);
  const found = findCoveringSets(parts, targets);
  return found.kind === "unique" ? found.ids : undefined;
}

/** Payouts that this transaction mentions, unless another remaining one mentions one of them: then none. */
export function payoutsOnlyIn(
  transactionId: string,
  { payouts, transactions }: Remaining,
  mentions: readonly Mention[],
): readonly ExpectedPayout[] {
  const effective = mentions.filter((one) => payouts.has(one.payoutId) && transactions.has(one.transactionId));
  const own = effective.filter((one) => one.transactionId === transactionId);
  const isShared = own.some(({ payoutId }) =>
    effective.some((one) => one.payoutId === payoutId && one.transactionId !== transactionId),
  );
  return isShared ? [] : own.flatMap(({ payoutId }) => payouts.get(payoutId) ?? []);
}

/** Transactions that mention this payout, unless one of them mentions another remaining payout: then none. */
export function transactionsOnlyOf(
  payoutId: string,
  { payouts, transactions }: Remaining,
  mentions: readonly Mention[],
): readonly Arrival[] {
  const effective = mentions.filter((one) => payouts.has(one.payoutId) && transactions.has(one.transactionId));
  const own = effective.filter((one) => one.payoutId === payoutId);
  const isShared = own.some(({ transactionId }) =>
    effective.some((one) => one.transactionId === transactionId && one.payoutId !== payoutId),
  );
  return isShared ? [] : own.flatMap(({ transactionId }) => transactions.get(transactionId) ?? []);
}

/** Transactions that contain a name but have another amount: shown with the difference. */
function proposeOthers(remaining: Remaining, mentions: readonly Mention[], proposals: Proposals): void {
  for (const { payoutId, transactionId } of mentions) {
    const [payout, transaction] = [remaining.payouts.get(payoutId), remaining.transactions.get(transactionId)];
    if (payout === undefined || transaction === undefined) continue;
    propose(proposals, [payoutId, transactionId], {
      reason: payout.units === transaction.units ? "SEVERAL_CANDIDATES" : "AMOUNT_DIFFERS",
      payoutIds: [payoutId],
      transactionIds: [transactionId],
      difference: payout.units - transaction.units,
    });
  }
}
