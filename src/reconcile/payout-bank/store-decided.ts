import type { MatchState } from "../../domain/match-state.ts";
import type { Transaction } from "../../store/database.ts";
import type { Decided } from "./decide.ts";
import type { ActiveDecision } from "./decisions.ts";
import { isComparable } from "./is-comparable.ts";
import { deleteItems, type Item, writeItems } from "./items.ts";
import { type Arrival, type ExpectedPayout, textOfUnits } from "./model.ts";
import { type Result, resultOfMatch, storedProposals, UNDECIDED } from "./results.ts";
import { datesOf, DEFAULT, type MatchContext, namesConnector, recognizedRoute } from "./route-rules.ts";
import { matchUndecided } from "./undecided.ts";

/** A changed result. */
export interface ChangedResult {
  readonly objectId: string;
  readonly objectType: Item["objectType"];
  readonly sourceId: string;
  readonly route: string;
  /** Null: there is none. */
  readonly state: MatchState | null;
  readonly previous: MatchState | null;
}

export interface ToStore {
  readonly decided: Decided;
  /** Items as they are stored. */
  readonly current: ReadonlyMap<string, Item>;
  /** Items of the changed objects as they were before the change. */
  readonly before: readonly Item[];
  /** Ids of the changed objects that can be matched: what is stored of them is already brought up to date. */
  readonly changed: ReadonlySet<string>;
  /** Ids of changed objects that cannot be matched any more. */
  readonly removed: readonly string[];
}

/** Matches sets of what is left, and writes all results. */
export async function storeDecided(
  tx: Transaction,
  { decided, current, before, changed, removed }: ToStore,
  context: MatchContext,
): Promise<readonly ChangedResult[]> {
  const isKeptItem = (item: Item): boolean => isKept(item, decided, context);
  const all = draftsOf(decided, current, context);
  const drafts = all.filter(isKeptItem);
  const dropped = await deleteOthers(tx, all, drafts); // before the undecided ones are read, of which they are none
  const formerly = formerItems(all, { current, before, changed });
  const sets = await matchUndecided(tx, { drafts, formerly }, context.routes);
  const known = new Map([...current, ...sets.stored.map((item) => [item.objectId, item] as const)]);
  for (const item of before) known.set(item.objectId, item);
  const kept = sets.items.filter(isKeptItem).map((item): Item => {
    const state = stateOf(item, context);
    const former = known.get(item.objectId);
    return { ...item, state, since: former?.state === state ? former.since : null };
  });
  const droppedLater = await deleteOthers(tx, sets.items, kept);
  const stored = new Map(sets.stored.map((item) => [item.objectId, item]));
  await writeItems(
    tx,
    kept.filter((item) => !hasResultOf(item, stored.get(item.objectId))),
  );
  return changesOf(known, kept, [...removed, ...dropped, ...droppedLater]);
}

/** Deletes the items that are not kept. @returns their ids */
async function deleteOthers(
  tx: Transaction,
  items: readonly Item[],
  kept: readonly Item[],
): Promise<readonly string[]> {
  const keptIds = new Set(kept.map(({ objectId }) => objectId));
  const others = items.map(({ objectId }) => objectId).filter((id) => !keptIds.has(id));
  await deleteItems(tx, others);
  return others;
}

/** Returns the items before the change of the drafts, and of everything that has changed. */
function formerItems(
  drafts: readonly Item[],
  { current, before, changed }: Pick<ToStore, "current" | "before" | "changed">,
): readonly Item[] {
  const others = drafts.filter(({ objectId }) => !changed.has(objectId));
  return [...before, ...others.flatMap(({ objectId }) => current.get(objectId) ?? [])];
}

/** Returns the items of all evaluated objects, with what is decided so far. */
function draftsOf(decided: Decided, current: ReadonlyMap<string, Item>, context: MatchContext): readonly Item[] {
  const results = resultsOf(decided);
  const mentioned = new Set(decided.mentions.map(({ transactionId }) => transactionId));
  return [...decided.evaluated].flatMap((id): Item[] => {
    const [payout, arrival] = [decided.payouts.get(id), decided.arrivals.get(id)];
    const result = { ...UNDECIDED, ...results.get(id), proposals: storedProposals(decided.proposals.get(id)) };
    if (payout !== undefined) return [{ ...payoutItem(payout, current.get(id)?.accountId ?? null), ...result }];
    if (arrival !== undefined) return [{ ...arrivalItem(arrival, mentioned.has(id), context), ...result }];
    return [];
  });
}

function payoutItem(payout: ExpectedPayout, accountId: string | null) {
  const { id, sourceId, route, currency, direction, units, ruleUnits, day, lastDay, dueOn } = payout;
  const amount = textOfUnits(units);
  const ruleAmount = ruleUnits === undefined ? null : textOfUnits(ruleUnits);
  const facts = { sourceId, accountId, route, currency, direction, amount, ruleAmount, day, lastDay, dueOn };
  return { objectId: id, objectType: "Payout", ...facts, exchange: null, isRelevant: true } as const;
}

/** A transaction that no payout explains is expected to be explained within the usual days too. */
function arrivalItem(arrival: Arrival, isMentioned: boolean, { routes }: MatchContext) {
  const { id, sourceId, accountId = null, currency, direction, units, exchange = null, day } = arrival;
  const declared = recognizedRoute(routes, arrival);
  const { dueOn } = datesOf(declared ?? DEFAULT, day);
  return {
    objectId: id,
    objectType: "BankTransaction",
    sourceId,
    accountId,
    route: declared?.route.id ?? "",
    currency,
    direction,
    amount: textOfUnits(units),
    ruleAmount: null,
    day,
    lastDay: day,
    dueOn,
    exchange,
    isRelevant: isMentioned || declared !== undefined,
  } as const;
}

function resultsOf({ matches, contradicted }: Decided): ReadonlyMap<string, Result> {
  return new Map([
    ...matches.flatMap((match) => resultOfMatch(match, match.decisionId)),
    ...contradicted.flatMap(resultOfContradiction),
  ]);
}

function resultOfContradiction({ id, payoutIds, transactionIds }: ActiveDecision) {
  const result: Result = { ...UNDECIDED, decidedBy: "PERSON", matchId: id, reasons: ["PERSON"], decisionId: id };
  return [...payoutIds, ...transactionIds].map((objectId) => [objectId, result] as const);
}

function stateOf(item: Item, { today, routes, firstDays, firstReadsOver }: MatchContext): MatchState | null {
  if (item.matchId !== null) {
    if (item.residue === null) return "CONFLICT";
    return item.residueKind === null ? "MATCHED" : "EXPLAINED";
  }
  if (!item.isRelevant) return null;
  if (item.dueOn >= today || !firstReadsOver) return "TIMING";
  return isComparable(item, firstDays, routes) ? "OPEN" : null;
}

/** Of transactions, only those are kept that belong to a payout or may do so. Others cannot be part of a set. */
function isKept(item: Item, { arrivals, candidates }: Decided, { routes }: MatchContext): boolean {
  if (item.isRelevant || item.matchId !== null || candidates.has(item.objectId)) return true;
  const arrival = arrivals.get(item.objectId);
  return arrival === undefined || namesConnector(routes, arrival);
}

/**
 * True if the item has the same result as it is stored. Most of those that are read around a change do: they are not sent
 * to the database again.
 */
function hasResultOf(item: Item, stored: Item | undefined): boolean {
  if (stored === undefined) return false;
  const isSame = (key: keyof Item): boolean => item[key] === stored[key];
  const isSameList = (key: "reasons" | "setProposals"): boolean =>
    item[key].length === stored[key].length && JSON.stringify(item[key]) === JSON.stringify(stored[key]);
  return RESULT_KEYS.every(isSame) && isSameList("reasons") && isSameList("setProposals");
}

const RESULT_KEYS = [
  "decidedBy",
  "matchId",
  "state",
  "residue",
  "residueKind",
  "name",
  "decisionId",
] as const satisfies readonly (keyof Item)[];

function changesOf(
  known: ReadonlyMap<string, Item>,
  kept: readonly Item[],
  deleted: readonly string[],
): readonly ChangedResult[] {
  const changes: ChangedResult[] = [];
  for (const { objectId, objectType, sourceId, route, state, matchId } of kept) {
    const former = known.get(objectId);
    const previous = former?.state ?? null;
    if (state === previous && (former?.matchId ?? null) === matchId) continue;
    changes.push({ objectId, objectType, sourceId, route, state, previous });
  }
  for (const id of deleted) {
    const former = known.get(id);
    if (former === undefined || former.state === null) continue;
    const { objectId, objectType, sourceId, route, state: previous } = former;
    changes.push({ objectId, objectType, sourceId, route, state: null, previous });
  }
  return changes;
}
