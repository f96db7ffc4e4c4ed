import { addDays } from "../../domain/payout-route.ts";
import { typeOfId } from "../../domain/ids.ts";
import type { Transaction } from "../../store/database.ts";
import { findDecisions, type ActiveDecision } from "./decisions.ts";
import { loadArrivals, loadPayouts } from "./facts.ts";
import { bankCurrenciesOf } from "./first-days.ts";
import {
  type AmountKey,
  deleteItems,
  findExpected,
  findItems,
  type Item,
  payoutOfItem,
  writeExpected,
} from "./items.ts";
import { findMentions, replaceMentions, replaceNames } from "./mentions.ts";
import { type Arrival, type ExpectedPayout, textOfUnits } from "./model.ts";
import { decide, type Neighbourhood } from "./decide.ts";
import { type MatchContext, reachOf, type Routes } from "./route-rules.ts";
import { findPossiblePairs } from "./possible-pairs.ts";
import { type ChangedResult, storeDecided } from "./store-decided.ts";

/** More objects are not connected by texts: they name something that all of them share. */
const MAX_CONNECTED = 3_000;

/**
 * Matches these objects again, and all whose result may depend on them. The results depend only on what is stored of
 * payouts and transactions and on the decisions of people: not on earlier results, and not on the order in which the
 * changes came. Each step is a function of the facts and the results of the steps before it, and everything that may
 * depend on a change is computed again:
 *
 * 1. decisions of people; 2. transactions that contain the names of payouts, within what such mentions connect;
 * 3. payouts that nothing mentions, with the only transaction of their amount; 4. sets of what is left.
 */
export async function rematch(
  tx: Transaction,
  ids: readonly string[],
  context: MatchContext,
): Promise<readonly ChangedResult[]> {
  const { routes } = context;
  const changed = await replaceFacts(tx, ids, context);
  const connected = new Set(await findConnected(tx, [...changed.ids, ...changed.formerNeighbours]));
  const items = await findItems(tx, [...connected]);
  const arrivals = await loadArrivals(
    tx,
    [...connected].filter((id) => typeOfId(id) === "BankTransaction"),
    routes,
  );
  const payouts = items.flatMap((item) => payoutOfItem(item) ?? []);
  const neighbours = await findExpected(tx, [
    ...keysOf(payouts, arrivals, routes),
    ...changed.before.flatMap((item) => keysOfItem(item, routes)),
  ]);
  const others = neighbours.filter(({ objectId }) => !connected.has(objectId));
  const neighbourhood = await load(tx, { payouts, arrivals, others }, routes);
  const decided = decide(neighbourhood, connected, routes);
  const current = new Map([...items, ...others].map((item) => [item.objectId, item]));
  const { before, removed } = changed;
  return storeDecided(tx, { decided, current, before, changed: new Set(changed.ids), removed }, context);
}

interface Changed {
  /** The objects that can be matched. */
  readonly ids: readonly string[];
  /** The others. */
  readonly removed: readonly string[];
  /** Their items before. */
  readonly before: readonly Item[];
  /** Objects that were connected with them. */
  readonly formerNeighbours: readonly string[];
}

/** Brings what is stored of the objects up to date, apart from their matches. */
async function replaceFacts(tx: Transaction, ids: readonly string[], context: MatchContext): Promise<Changed> {
  const { routes, firstDays } = context;
  const payoutIds = ids.filter((id) => typeOfId(id) === "Payout");
  const transactionIds = ids.filter((id) => typeOfId(id) === "BankTransaction");
  const before = await findItems(tx, ids);
  const formerly = await findConnected(tx, ids);
  const payouts = await loadPayouts(tx, payoutIds, routes, bankCurrenciesOf(firstDays));
  const arrivals = await loadArrivals(tx, transactionIds, routes);
  const known = new Set([...payouts.map(({ payout }) => payout.id), ...arrivals.map(({ id }) => id)]);
  const removed = ids.filter((id) => !known.has(id));
  await deleteItems(tx, removed);
  await writeExpected(tx, payouts);
  await replaceNames(tx, payoutIds, payouts);
  await replaceMentions(tx, { payoutIds, transactionIds, payouts, arrivals }, routes, {
    payouts: async (others) => (await findItems(tx, others)).flatMap((item) => payoutOfItem(item) ?? []),
    arrivals: (others) => loadArrivals(tx, others, routes),
  });
  const formerNeighbours = formerly.filter((id) => !ids.includes(id));
  return { ids: [...known], removed, before, formerNeighbours };
}

/** Finds everything that mentions, matches and decisions connect with these objects. */
async function findConnected(tx: Transaction, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `with recursive connected (id) as (
       select unnest($1::text[])
       union
       select next.id from connected cross join lateral (
         select transaction_id from payout_mentions where payout_id = connected.id
         union all select payout_id from payout_mentions where transaction_id = connected.id
         union all select other.id from (
             select match_id from reconciliation_items where id = connected.id and match_id is not null offset 0
           ) as own cross join lateral (
             select id from reconciliation_items where match_id = own.match_id offset 0
           ) as other
         union all select other.object_id from payout_match_decision_objects as own
           join payout_match_decision_objects as other on other.decision_id = own.decision_id
           where own.object_id = connected.id
       ) as next (id)
     ) select id from connected limit ${MAX_CONNECTED}`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Amounts by which payouts depend on these objects. */
function keysOf(
  payouts: readonly ExpectedPayout[],
  arrivals: readonly Arrival[],
  routes: Routes,
): readonly AmountKey[] {
  const reach = reachOf(routes);
  return [
    ...payouts.flatMap(({ currency, direction, units, ruleUnits, day }) =>
      [units, ...(ruleUnits === undefined ? [] : [ruleUnits])].map((amount) => ({
        currency,
        direction,
        amount: textOfUnits(amount),
        from: addDays(day, -2 * reach),
        to: addDays(day, 2 * reach),
      })),
    ),
    ...arrivals.map(({ currency, direction, units, day }) => ({
      currency,
      direction,
      amount: textOfUnits(units),
      from: addDays(day, -reach),
      to: addDays(day, reach),
    })),
  ];
}

/** The same of an object as it was before. */
function keysOfItem({ currency, direction, amount, ruleAmount, day }: Item, routes: Routes): readonly AmountKey[] {
  const reach = 2 * reachOf(routes);
  return [amount, ruleAmount].flatMap((one) =>
    one === null ? [] : [{ currency, direction, amount: one, from: addDays(day, -reach), to: addDays(day, reach) }],
  );
}

interface Loaded {
  readonly payouts: readonly ExpectedPayout[];
  readonly arrivals: readonly Arrival[];
  /** Payouts that nothing connects with those, but that may have the same arrivals. */
  readonly others: readonly Item[];
}

/** Loads everything that the results of these objects depend on. */
async function load(tx: Transaction, { payouts, arrivals, others }: Loaded, routes: Routes): Promise<Neighbourhood> {
  const all = [...payouts, ...others.flatMap((item) => payoutOfItem(item) ?? [])];
  const pairs = await findPossiblePairs(tx, all, routes);
  const partners = await findUniquePartners(tx, others, routes);
  const known = new Map(
    [...arrivals, ...partners, ...pairs.map(({ transaction }) => transaction)].map((one) => [one.id, one]),
  );
  const ids = [...new Set([...all.map(({ id }) => id), ...pairs.map(({ payout }) => payout.id), ...known.keys()])];
  const decisions: readonly ActiveDecision[] = await findDecisions(tx, ids);
  const mentions = await findMentions(tx, ids);
  return { payouts: all, arrivals: [...known.values()], pairs, decisions, mentions };
}

/** Finds the transactions that were the only ones of these payouts, which may have others now. */
async function findUniquePartners(
  tx: Transaction,
  others: readonly Item[],
  routes: Routes,
): Promise<readonly Arrival[]> {
  const matchIds = others.flatMap(({ decidedBy, matchId }) =>
    decidedBy === "UNIQUE" && matchId !== null ? [matchId] : [],
  );
  if (matchIds.length === 0) return [];
  const rows = await tx.query<{ id: string }>(
    `select id from reconciliation_items where match_id = any($1) and object_type = 'BankTransaction'`,
    [matchIds],
  );
  return loadArrivals(
    tx,
    rows.map(({ id }) => id),
    routes,
  );
}
