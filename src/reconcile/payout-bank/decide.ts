import { forbiddenBy, type ActiveDecision } from "./decisions.ts";
import { matchMentioned } from "./match-mentioned.ts";
import { matchUnique, type PossiblePair } from "./match-unique.ts";
import {
  type Arrival,
  type ExpectedPayout,
  type Match,
  type Mention,
  type Proposals,
  sumOf,
  unitsOf,
} from "./model.ts";
import { isConverted, type Routes } from "./route-rules.ts";

/** Everything that the results of some objects depend on, apart from sets. */
export interface Neighbourhood {
  readonly payouts: readonly ExpectedPayout[];
  readonly arrivals: readonly Arrival[];
  /** All pairs of these payouts with transactions of their amounts, and of those with other payouts. */
  readonly pairs: readonly PossiblePair[];
  readonly decisions: readonly ActiveDecision[];
  readonly mentions: readonly Mention[];
}

/** The matches of a neighbourhood that a person, a reference or a unique amount decides. */
export interface Decided {
  readonly payouts: ReadonlyMap<string, ExpectedPayout>;
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly mentions: readonly Mention[];
  readonly matches: readonly (Match & { readonly decisionId: string | undefined })[];
  readonly contradicted: readonly ActiveDecision[];
  /** Objects whose result is known: others of the neighbourhood belong to a larger one. */
  readonly evaluated: ReadonlySet<string>;
  /** Transactions that have the amount of a payout and may be its arrival. */
  readonly candidates: ReadonlySet<string>;
  readonly proposals: Proposals;
}

/**
 * @param connected ids of the objects that mentions, matches and decisions connect with a change
 */
export function decide(
  { payouts, arrivals, pairs, decisions, mentions }: Neighbourhood,
  connected: ReadonlySet<string>,
  routes: Routes,
): Decided {
  const payoutById = new Map(payouts.map((payout) => [payout.id, payout]));
  const arrivalById = new Map(arrivals.map((arrival) => [arrival.id, arrival]));
  const isForbidden = forbiddenBy(decisions);
  const byPerson = decisions.filter(({ kind }) => kind === "MATCH");
  const isOfPerson = objectsOfPersons(decisions);
  const effective = effectiveMentions(mentions, decisions);
  const isMentioned = new Set(effective.flatMap(({ payoutId, transactionId }) => [payoutId, transactionId]));
  const proposals: Proposals = new Map();
  const checked = byPerson
    .filter((one) => [...one.payoutIds, ...one.transactionIds].some((id) => connected.has(id)))
    .map((decision) => ({ decision, match: matchOfPerson(decision, payoutById, arrivalById) }));
  const byReference = componentsOf(effective, connected).flatMap((own) => {
    const ids = new Set(own.flatMap(({ payoutId, transactionId }) => [payoutId, transactionId]));
    const component = {
      payouts: [...ids].flatMap((id) => payoutById.get(id) ?? []),
      transactions: [...ids].flatMap((id) => arrivalById.get(id) ?? []),
      mentions: own,
    };
    return matchMentioned(component, routes, proposals);
  });
  const isFree = (id: string): boolean => !isMentioned.has(id) && !isOfPerson.has(id);
  const freePayouts = payouts.filter(({ id }) => isFree(id));
  const freePairs = pairs.filter(
    ({ payout, transaction }) => isFree(payout.id) && isFree(transaction.id) && !isForbidden(payout.id, transaction.id),
  );
  const unique = matchUnique(freePairs, new Set(freePayouts.map(({ id }) => id)), routes, proposals);
  const candidates = freePairs
    .filter(({ payout }) => connected.has(payout.id))
    .map(({ transaction }) => transaction.id);
  return {
    payouts: payoutById,
    arrivals: arrivalById,
    mentions: effective,
    matches: [
      ...checked.flatMap(({ decision, match }) => (match === undefined ? [] : [{ ...match, decisionId: decision.id }])),
      ...[...byReference, ...unique].map((match) => ({ ...match, decisionId: undefined })),
    ],
    contradicted: checked.flatMap(({ decision, match }) => (match === undefined ? [decision] : [])),
    evaluated: new Set([
      ...connected,
      ...freePayouts.map(({ id }) => id),
      ...candidates,
      ...unique.flatMap(({ transactionIds }) => transactionIds),
    ]),
    candidates: new Set(freePairs.map(({ transaction }) => transaction.id)),
    proposals,
  };
}

/** Objects that a person has matched. */
function objectsOfPersons(decisions: readonly ActiveDecision[]): ReadonlySet<string> {
  const matches = decisions.filter(({ kind }) => kind === "MATCH");
  return new Set(matches.flatMap((one) => [...one.payoutIds, ...one.transactionIds]));
}

/** Returns the mentions that no decision of a person overrides. */
export function effectiveMentions(
  mentions: readonly Mention[],
  decisions: readonly ActiveDecision[],
): readonly Mention[] {
  const isOfPerson = objectsOfPersons(decisions);
  const isForbidden = forbiddenBy(decisions);
  return mentions.filter(
    ({ payoutId, transactionId }) =>
      !isOfPerson.has(payoutId) && !isOfPerson.has(transactionId) && !isForbidden(payoutId, transactionId),
  );
}

/** Returns the match that a person has decided; undefined if the facts contradict it. */
function matchOfPerson(
  { payoutIds, transactionIds, residue }: ActiveDecision,
  payouts: ReadonlyMap<string, ExpectedPayout>,
  arrivals: ReadonlyMap<string, Arrival>,
): Match | undefined {
  const paid = payoutIds.flatMap((id) => payouts.get(id) ?? []);
  const arrived = transactionIds.flatMap((id) => arrivals.get(id) ?? []);
  const isWhole = paid.length === payoutIds.length && arrived.length === transactionIds.length;
  const [first] = paid;
  if (!isWhole || first === undefined || arrived.length === 0) return undefined;
  const isOfOneKind = (one: { readonly currency: string; readonly direction: string }): boolean =>
    one.currency === first.currency && one.direction === first.direction;
  if (![...paid, ...arrived].every(isOfOneKind)) return undefined;
  const difference = sumOf(paid) - sumOf(arrived);
  if (difference !== 0n && (residue === null || unitsOf(residue) !== difference)) return undefined;
  return {
    payoutIds,
    transactionIds,
    decidedBy: "PERSON",
    reasons: ["PERSON"],
    name: undefined,
    residue: difference,
    residueKind: difference !== 0n ? "ACCEPTED" : isConverted(arrived) ? "EXCHANGE" : undefined,
  };
}

/** Groups the mentions of these objects by what they connect. */
function componentsOf(mentions: readonly Mention[], ids: ReadonlySet<string>): readonly (readonly Mention[])[] {
  const byObject = new Map<string, Mention[]>();
  for (const mention of mentions) {
    for (const id of [mention.payoutId, mention.transactionId]) {
      const own = byObject.get(id);
      if (own === undefined) byObject.set(id, [mention]);
      else own.push(mention);
    }
  }
  const seen = new Set<string>();
  const components: Mention[][] = [];
  for (const start of byObject.keys()) {
    if (seen.has(start) || !ids.has(start)) continue;
    const found = new Set<Mention>();
    const waiting = [start];
    seen.add(start);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const mention of byObject.get(id) ?? []) {
        found.add(mention);
        for (const next of [mention.payoutId, mention.transactionId]) {
          if (!seen.has(next)) waiting.push(next);
          seen.add(next);
        }
      }
    }
    components.push([...found]);
  }
  return components;
}
