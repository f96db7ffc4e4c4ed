import { addDays } from "../../domain/payout-route.ts";
import type { Transaction } from "../../store/database.ts";
import { effectiveMentions } from "./decide.ts";
import { findDecisions, forbiddenBy } from "./decisions.ts";
import { loadArrivals } from "./facts.ts";
import { findUndecided, type Item, payoutOfItem, type Period } from "./items.ts";
import { matchSets, type Undecided } from "./match-sets.ts";
import { findMentions } from "./mentions.ts";
import type { Proposals } from "./model.ts";
import { resultOfMatch, storedProposals, UNDECIDED } from "./results.ts";
import { reachOf, type Routes } from "./route-rules.ts";

/** Sets within this number of reaches of a change may depend on it, through those beside them. */
const AFFECTED_REACHES = 4;
/** Reaches within which everything is read that those sets depend on. */
const READ_REACHES = 8;

interface ToMatch {
  /** Items whose other results have been computed. */
  readonly drafts: readonly Item[];
  /** Items, as they were before the change, of the drafts and of what cannot be matched any more. */
  readonly formerly: readonly Item[];
}

interface MatchedSets {
  /** The drafts, and the stored items that the sets have changed. */
  readonly items: readonly Item[];
  /** Items that were read, as they are stored. */
  readonly stored: readonly Item[];
}

/**
 * Matches sets among the drafts that nothing has decided, and what is stored as undecided around them. What is decided
 * without sets, before and after the change, is no part of one.
 */
export async function matchUndecided(
  tx: Transaction,
  { drafts, formerly }: ToMatch,
  routes: Routes,
): Promise<MatchedSets> {
  const reach = reachOf(routes);
  const around = [...drafts, ...formerly].filter(({ decidedBy }) => decidedBy === null || decidedBy === "SET");
  const affected = periodsOf(around, AFFECTED_REACHES * reach);
  const periods = periodsOf(around, READ_REACHES * reach);
  const own = new Set(drafts.map(({ objectId }) => objectId));
  const stored = (await findUndecided(tx, periods)).filter(({ objectId }) => !own.has(objectId));
  const open = drafts.filter((item) => item.decidedBy === null && isInOneOf(item, periods));
  const matched = await matchItems(tx, [...open, ...stored], affected, routes);
  const results = new Map([...drafts, ...matched].map((item) => [item.objectId, item]));
  return { items: [...results.values()], stored };
}

/** Returns the items with the results of their sets, as far as they are affected. */
async function matchItems(
  tx: Transaction,
  items: readonly Item[],
  affected: readonly Period[],
  routes: Routes,
): Promise<readonly Item[]> {
  if (items.length === 0) return [];
  const undecided = await undecidedOf(tx, items, routes);
  const requested = new Set(items.filter((item) => isInOneOf(item, affected)).map(({ objectId }) => objectId));
  const proposals: Proposals = new Map();
  const matches = groupsOf(undecided).flatMap((group) => matchSets(group, requested, routes, proposals));
  const results = new Map(matches.flatMap((match) => resultOfMatch(match)));
  return items.flatMap((item) => {
    const result = results.get(item.objectId);
    if (result === undefined && !requested.has(item.objectId)) return [];
    const setProposals = storedProposals(proposals.get(item.objectId));
    return [{ ...item, ...UNDECIDED, ...result, setProposals }];
  });
}

/** Returns the objects of each currency and direction: no set has objects of two. */
function groupsOf({ payouts, transactions, ...shared }: Undecided): readonly Undecided[] {
  const keyOf = ({ currency, direction }: { readonly currency: string; readonly direction: string }): string =>
    `${currency} ${direction}`;
  const byKey = Map.groupBy(transactions, keyOf);
  return [...Map.groupBy(payouts, keyOf)].map(([key, own]) => ({
    ...shared,
    payouts: own,
    transactions: byKey.get(key) ?? [],
  }));
}

async function undecidedOf(tx: Transaction, items: readonly Item[], routes: Routes): Promise<Undecided> {
  const ids = items.map(({ objectId }) => objectId);
  const mentions = await findMentions(tx, ids);
  const involved = [...new Set([...ids, ...mentions.flatMap((one) => [one.payoutId, one.transactionId])])];
  const decisions = await findDecisions(tx, involved);
  const effective = effectiveMentions(mentions, decisions);
  const transactionIds = items.filter((item) => item.objectType === "BankTransaction").map(({ objectId }) => objectId);
  return {
    payouts: items.flatMap((item) => payoutOfItem(item) ?? []),
    transactions: await loadArrivals(tx, transactionIds, routes),
    mentionedBy: grouped(effective.map((one) => [one.transactionId, one.payoutId])),
    mentioning: grouped(effective.map((one) => [one.payoutId, one.transactionId])),
    isForbidden: forbiddenBy(decisions),
  };
}

function grouped(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
  return new Map([...Map.groupBy(pairs, ([key]) => key)].map(([key, own]) => [key, own.map(([, value]) => value)]));
}

/** Returns the days around these items, by currency and direction; periods that overlap are one. */
function periodsOf(items: readonly Item[], days: number): readonly Period[] {
  const groups = Map.groupBy(items, ({ currency, direction }) => `${currency} ${direction}`);
  return [...groups.values()].flatMap((own) => {
    const periods: Period[] = [];
    for (const { currency, direction, day } of own.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
      const last = periods.at(-1);
      const [from, to] = [addDays(day, -days), addDays(day, days)];
      if (last !== undefined && from <= last.to) periods[periods.length - 1] = { ...last, to };
      else periods.push({ currency, direction, from, to });
    }
    return periods;
  });
}

function isInOneOf({ currency, direction, day }: Item, periods: readonly Period[]): boolean {
  return periods.some(
    (one) => currency === one.currency && direction === one.direction && day >= one.from && day <= one.to,
  );
}
