import { addDays } from "../../domain/payout-route.ts";
import { findCoveringSets, MAX_PARTS } from "./covering-sets.ts";
import { type Arrival, type ExpectedPayout, type Match, propose, type Proposals, sumOf } from "./model.ts";
import {
  EARLY_DAYS,
  isPossiblePart,
  reachOf,
  residueKindOf,
  routeById,
  type Routes,
  totalsBefore,
} from "./route-rules.ts";

/** Undecided objects of one currency and direction. */
export interface Undecided {
  readonly payouts: readonly ExpectedPayout[];
  readonly transactions: readonly Arrival[];
  /** Payouts that each transaction mentions. */
  readonly mentionedBy: ReadonlyMap<string, readonly string[]>;
  /** Transactions that mention each payout. */
  readonly mentioning: ReadonlyMap<string, readonly string[]>;
  /** True if a person has decided that they do not belong together. */
  readonly isForbidden: (payoutId: string, transactionId: string) => boolean;
}

/** One object, and the objects of the other kind that may together have its amount. */
interface Anchor {
  readonly id: string;
  /** Members of every set, because the texts say so. */
  readonly required: readonly Side[];
  readonly optional: readonly Side[];
  /** Amounts that the members must have together. */
  readonly targets: readonly bigint[];
}

type Side = ExpectedPayout | Arrival;

/** What the amounts of an anchor allow. */
interface Solved {
  readonly anchor: Anchor;
  readonly solutions: readonly (readonly string[])[];
  readonly isUnique: boolean;
  readonly isTooMany: boolean;
}

/**
 * Matches several payouts with one transaction, and one payout with several transactions, where exactly one set of the
 * undecided objects has the amount, and no object of it belongs to a set of another one.
 * @param requested ids of the objects for which the result is needed; all of their neighbours are among the undecided ones
 */
export function matchSets(
  undecided: Undecided,
  requested: ReadonlySet<string>,
  routes: Routes,
  proposals: Proposals,
): readonly Match[] {
  const solved = anchorsOf(undecided, routes).map(solve);
  const claims = new Map<string, number>();
  for (const one of solved) {
    for (const id of claimedBy(one)) claims.set(id, (claims.get(id) ?? 0) + 1);
  }
  const payouts = new Map(undecided.payouts.map((payout) => [payout.id, payout]));
  const transactions = new Map(undecided.transactions.map((transaction) => [transaction.id, transaction]));
  const matches: Match[] = [];
  for (const one of solved) {
    if (one.isUnique && claimedBy(one).every((id) => claims.get(id) === 1)) {
      const ids = membersOf(one.anchor, one.solutions[0] ?? []);
      if (ids.some((id) => requested.has(id))) matches.push(matchOf(ids, { payouts, transactions, routes }));
    } else if (one.solutions.length > 0 || one.isTooMany) {
      proposeSets(one, { payouts, transactions }, requested, proposals);
    }
  }
  return matches;
}

/** Objects of which another set must have none: all candidates, if it is not known which ones belong to the anchor. */
function claimedBy({ anchor, solutions, isUnique }: Solved): readonly string[] {
  if (solutions.length === 0) return [];
  if (isUnique) return membersOf(anchor, solutions[0] ?? []);
  return [anchor.id, ...anchor.required.map(({ id }) => id), ...anchor.optional.map(({ id }) => id)];
}

function membersOf({ id, required }: Anchor, solution: readonly string[]): readonly string[] {
  return [id, ...required.map((one) => one.id), ...solution];
}

/** The undecided objects in the order of their days: only those of some days around an anchor can belong to it. */
interface Calendar {
  readonly payouts: readonly ExpectedPayout[];
  readonly transactions: readonly Arrival[];
  readonly payoutById: ReadonlyMap<string, ExpectedPayout>;
  readonly transactionById: ReadonlyMap<string, Arrival>;
  /** Days between a payout and its arrival, at most. */
  readonly reach: number;
}

function anchorsOf(undecided: Undecided, routes: Routes): readonly Anchor[] {
  const payouts = undecided.payouts.toSorted(byId);
  const transactions = undecided.transactions.toSorted(byId);
  const calendar: Calendar = {
    payouts: payouts.toSorted(byDay),
    transactions: transactions.toSorted(byDay),
    payoutById: new Map(payouts.map((payout) => [payout.id, payout])),
    transactionById: new Map(transactions.map((transaction) => [transaction.id, transaction])),
    reach: reachOf(routes),
  };
  return [
    ...transactions.flatMap((transaction) => mergedAnchor(transaction, undecided, calendar, routes) ?? []),
    ...payouts.flatMap((payout) => splitAnchor(payout, undecided, calendar, routes) ?? []),
  ];
}

function byId(a: Side, b: Side): number {
  return a.id < b.id ? -1 : 1;
}

/** Objects of one day keep their order, which is that of their ids. */
function byDay(a: Side, b: Side): number {
  return a.day === b.day ? 0 : a.day < b.day ? -1 : 1;
}

/** Returns the objects of these days that meet the condition: at most one more than can be combined. */
function within<Own extends Side>(
  sorted: readonly Own[],
  [from, to]: readonly [string, string],
  condition: (one: Own) => boolean,
): readonly Own[] {
  const found: Own[] = [];
  for (let index = firstFrom(sorted, from); found.length <= MAX_PARTS; index++) {
    const one = sorted[index];
    if (one === undefined || one.day > to) break;
    if (condition(one)) found.push(one);
  }
  return found;
}

/** Returns the place of the first object of this day or a later one. */
function firstFrom(sorted: readonly Side[], day: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.day ?? "") < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A transaction in which several payouts may have arrived. */
function mergedAnchor(
  transaction: Arrival,
  { mentionedBy, mentioning, isForbidden }: Undecided,
  calendar: Calendar,
  routes: Routes,
): Anchor | undefined {
  const mentioned = mentionedBy.get(transaction.id) ?? [];
  const required = mentioned.flatMap((id) => calendar.payoutById.get(id) ?? []);
  if (required.length !== mentioned.length || required.some(({ id }) => (mentioning.get(id)?.length ?? 0) > 1)) return;
  const days = [addDays(transaction.day, EARLY_DAYS - calendar.reach), addDays(transaction.day, EARLY_DAYS)] as const;
  const optional = within(
    calendar.payouts,
    days,
    (payout) =>
      !mentioning.has(payout.id) &&
      isPossiblePart(routes, payout, transaction) &&
      !isForbidden(payout.id, transaction.id),
  );
  const [first] = [...required, ...optional];
  if (first === undefined || optional.length === 0) return;
  if ([...required, ...optional].some(({ route }) => route !== first.route)) return;
  const targets = totalsBefore(routeById(routes, first.route), transaction.units);
  return { id: transaction.id, required, optional, targets };
}

/** A payout that may have arrived in several transactions. */
function splitAnchor(
  payout: ExpectedPayout,
  { mentionedBy, mentioning, isForbidden }: Undecided,
  calendar: Calendar,
  routes: Routes,
): Anchor | undefined {
  const naming = mentioning.get(payout.id) ?? [];
  const required = naming.flatMap((id) => calendar.transactionById.get(id) ?? []);
  if (required.length !== naming.length || required.some(({ id }) => (mentionedBy.get(id)?.length ?? 0) > 1)) return;
  const optional = within(
    calendar.transactions,
    [addDays(payout.day, -EARLY_DAYS), payout.lastDay],
    (transaction) =>
      !mentionedBy.has(transaction.id) &&
      isPossiblePart(routes, payout, transaction) &&
      !isForbidden(payout.id, transaction.id),
  );
  if (optional.length === 0) return;
  return { id: payout.id, required, optional, targets: [payout.units] };
}

function solve(anchor: Anchor): Solved {
  const { required, optional, targets } = anchor;
  if (required.length + optional.length > MAX_PARTS) return { anchor, solutions: [], isUnique: false, isTooMany: true };
  const open = targets.map((target) => target - sumOf(required)).filter((units) => units > 0n);
  const found = findCoveringSets(optional, open, required.length > 0 ? 1 : 2);
  if (found.kind === "unique") return { anchor, solutions: [found.ids], isUnique: true, isTooMany: false };
  const solutions = found.kind === "several" ? found.solutions : [];
  return { anchor, solutions, isUnique: false, isTooMany: false };
}

interface Objects {
  readonly payouts: ReadonlyMap<string, ExpectedPayout>;
  readonly transactions: ReadonlyMap<string, Arrival>;
}

function matchOf(
  ids: readonly string[],
  { payouts, transactions, routes }: Objects & { readonly routes: Routes },
): Match {
  const paid = ids.flatMap((id) => payouts.get(id) ?? []);
  const arrived = ids.flatMap((id) => transactions.get(id) ?? []);
  const residue = sumOf(paid) - sumOf(arrived);
  return {
    payoutIds: paid.map(({ id }) => id),
    transactionIds: arrived.map(({ id }) => id),
    decidedBy: "SET",
    reasons: ["SUM", "DATE"],
    name: undefined,
    residue,
    residueKind: residueKindOf(routeById(routes, paid[0]?.route ?? ""), residue, arrived),
  };
}

function proposeSets(one: Solved, objects: Objects, requested: ReadonlySet<string>, proposals: Proposals): void {
  const { anchor, solutions, isUnique, isTooMany } = one;
  if (isTooMany) {
    if (requested.has(anchor.id))
      propose(proposals, [anchor.id], { ...sidesOf([anchor.id], objects), reason: "TOO_MANY_CANDIDATES" });
    return;
  }
  for (const solution of solutions) {
    const ids = membersOf(anchor, solution);
    const about = ids.filter((id) => requested.has(id));
    propose(proposals, about, { ...sidesOf(ids, objects), reason: isUnique ? "OVERLAPPING_SETS" : "SEVERAL_SETS" });
  }
}

function sidesOf(ids: readonly string[], { payouts, transactions }: Objects) {
  const paid = ids.flatMap((id) => payouts.get(id) ?? []);
  const arrived = ids.flatMap((id) => transactions.get(id) ?? []);
  return {
    payoutIds: paid.map(({ id }) => id),
    transactionIds: arrived.map(({ id }) => id),
    difference: sumOf(paid) - sumOf(arrived),
  };
}
