import { addMoney, type Money, moneyOfDecimal, negated } from "../src/domain/money.ts";
import { daysBetween } from "../src/domain/payout-route.ts";
import type { MatchMemberRow, PagedMatchDecisionRow, ReconciliationRow } from "../src/graph/loaders/models.ts";
import type {
  MatchDecisionResolvers,
  MutationResolvers,
  QueryResolvers,
  ReconciliationExchangeResolvers,
  ReconciliationItemFilter,
  ReconciliationItemResolvers,
  ReconciliationLinkResolvers,
  ReconciliationProposalResolvers,
  ReconciliationResidueResolvers,
  ReconciliationResolvers,
} from "./__generated__/types.ts";
import { type Connection, connectionOf, type PageArguments } from "./connection.ts";
import type { Context } from "./context.ts";
import { inputError } from "./input-error.ts";
import { requireListFilter } from "./list-filter.ts";
import { loadAll } from "./load-all.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { requireReason } from "./require-reason.ts";
import { rootList } from "./root-list.ts";
import { sourceOf } from "./source-of.ts";
import { amountTotals } from "./totals.ts";

const today = (): string => new Date().toISOString().slice(0, 10);

const isMatched = ({ state }: ReconciliationRow): boolean => state === "MATCHED" || state === "EXPLAINED";

export const Reconciliation: ReconciliationResolvers = {
  usualUntil: ({ dueOn }) => dueOn,
  ageDays: ({ day }) => daysBetween(day, today()),
  amount: ({ amount, currency }) => moneyOfDecimal(amount, currency),
  residue: ({ residue, residueKind, currency, matchId }) =>
    residue === null || residueKind === null || matchId === null
      ? null
      : { amount: moneyOfDecimal(residue, currency), kind: residueKind, matchId },
  moneyAtStake: (row) => (isMatched(row) ? null : moneyOfDecimal(row.amount, row.currency)),
  links: async (row, _args, { loaders }) => {
    if (row.matchId === null) return [];
    const members = await loaders.membersByMatch.load(row.matchId);
    return members.filter(({ objectType }) => objectType !== row.objectType).map((other) => linkOf(row, other));
  },
  proposals: ({ proposals, currency }) => proposals.map((proposal) => ({ ...proposal, currency })),
  route: ({ route }) => (route === "" ? null : route),
  decision: ({ decisionId }, _args, { loaders }) => loadOptional(loaders.matchDecisionById, decisionId),
};

function linkOf(own: ReconciliationRow, other: MatchMemberRow) {
  const isPayout = own.objectType === "Payout";
  return {
    payoutId: isPayout ? own.id : other.id,
    transactionId: isPayout ? other.id : own.id,
    amount: smallerOf(moneyOfDecimal(own.amount, own.currency), moneyOfDecimal(other.amount, other.currency)),
  };
}

function smallerOf(one: Money, other: Money): Money {
  return addMoney(one, negated(other)).minor < 0n ? one : other;
}

export const ReconciliationResidue: ReconciliationResidueResolvers = {
  exchanges: async ({ matchId }, _args, { loaders }) =>
    (await loaders.membersByMatch.load(matchId)).flatMap(({ id, amount, currency, exchange }) =>
      exchange === null
        ? []
        : [
            {
              transactionId: id,
              instructed: moneyOfDecimal(amount, currency),
              booked: moneyOfDecimal(exchange.bookedAmount, exchange.bookedCurrency),
              rate: exchange.rate,
              unitCurrency: exchange.unitCurrency,
            },
          ],
    ),
};

export const ReconciliationExchange: ReconciliationExchangeResolvers = {
  bankTransaction: ({ transactionId }, _args, { loaders }) => loadOptional(loaders.bankTransactionById, transactionId),
};

export const ReconciliationLink: ReconciliationLinkResolvers = {
  payout: ({ payoutId }, _args, { loaders }) => loadOptional(loaders.payoutById, payoutId),
  bankTransaction: ({ transactionId }, _args, { loaders }) => loadOptional(loaders.bankTransactionById, transactionId),
};

export const ReconciliationProposal: ReconciliationProposalResolvers = {
  payouts: ({ payoutIds }, _args, { loaders }) => loadAll(loaders.payoutById, payoutIds),
  bankTransactions: ({ transactionIds }, _args, { loaders }) => loadAll(loaders.bankTransactionById, transactionIds),
  difference: ({ difference, currency }) => moneyOfDecimal(difference, currency),
};

export const MatchDecision: MatchDecisionResolvers = {
  payouts: ({ payoutIds }, _args, { loaders }) => loadAll(loaders.payoutById, payoutIds),
  bankTransactions: ({ transactionIds }, _args, { loaders }) => loadAll(loaders.bankTransactionById, transactionIds),
};

/** Returns a page of the decisions about a payout or bank transaction. @throws ServiceError INVALID_INPUT | INVALID_CURSOR */
export function matchDecisionsOf(
  { id }: { readonly id: string },
  args: PageArguments,
  context: Context,
): Promise<Connection<PagedMatchDecisionRow>> {
  return connectionOf(context, {
    scope: { list: `matchDecisions ${id}`, filter: {} },
    page: args,
    load: ({ limit, after }) => context.loaders.decisionsByObject.load({ objectId: id, limit, after }),
    positionOf: ({ orderedAt, id: decisionId }) => ({ at: orderedAt, id: decisionId }),
  });
}

export const ReconciliationItem: ReconciliationItemResolvers = {
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  payout: ({ id, objectType }, _args, { loaders }) =>
    objectType === "Payout" ? loadOptional(loaders.payoutById, id) : null,
  bankTransaction: ({ id, objectType }, _args, { loaders }) =>
    objectType === "BankTransaction" ? loadOptional(loaders.bankTransactionById, id) : null,
  reconciliation: (row) => row,
};

/** Ages are counted from the present day, which is no part of the filter that a cursor belongs to. */
export const reconciliationItems: NonNullable<QueryResolvers["reconciliationItems"]> = (_root, args, context) => {
  requireAges(args.filter ?? {});
  const { page, count } = context.loaders.lists.reconciliationItems;
  return rootList(context, args, "reconciliationItems", {
    page: (filter, request) => page({ ...filter, today: today() }, request),
    count: (filter) => count({ ...filter, today: today() }),
  });
};

export const reconciliationTotals: NonNullable<QueryResolvers["reconciliationTotals"]> = async (
  _root,
  args,
  context,
) => {
  const filter = args.filter ?? {};
  requireAges(filter);
  await requireListFilter(context, filter);
  return amountTotals(await context.loaders.totals.Reconciliation({ ...filter, today: today() }));
};

/** A century. */
const MAX_AGE_DAYS = 36_500;

function requireAges({ minAgeDays, maxAgeDays }: ReconciliationItemFilter): void {
  for (const [name, age] of Object.entries({ minAgeDays, maxAgeDays })) {
    if (typeof age === "number" && Math.abs(age) > MAX_AGE_DAYS) {
      throw inputError(`filter.${name}`, `must be between -${MAX_AGE_DAYS} and ${MAX_AGE_DAYS}, got ${age}`);
    }
  }
  if (typeof minAgeDays === "number" && typeof maxAgeDays === "number" && minAgeDays > maxAgeDays) {
    throw inputError("filter.minAgeDays", "must not be greater than filter.maxAgeDays");
  }
}

const MAX_OBJECTS = 50;

function requireIds(argument: string, ids: readonly string[]): readonly string[] {
  const different = [...new Set(ids)];
  if (different.length >= 1 && different.length <= MAX_OBJECTS) return different;
  throw inputError(argument, `must have 1 to ${MAX_OBJECTS} ids, got ${different.length}`);
}

export const matchPayout: NonNullable<MutationResolvers["matchPayout"]> = async (_root, args, context) => {
  const { principal, useCases } = context;
  const id = await useCases.matchPayout(principal.tenantId, {
    payoutIds: requireIds("payoutIds", args.payoutIds),
    transactionIds: requireIds("bankTransactionIds", args.bankTransactionIds),
    reason: requireReason("reason", args.reason),
    by: principal.subject,
  });
  return decisionOf(context, id);
};

export const unmatchPayout: NonNullable<MutationResolvers["unmatchPayout"]> = async (_root, args, context) => {
  const { principal, useCases } = context;
  const reason = requireReason("reason", args.reason);
  const id = await useCases.unmatchPayout(principal.tenantId, args.payoutId, { reason, by: principal.subject });
  return decisionOf(context, id);
};

export const undoMatchDecision: NonNullable<MutationResolvers["undoMatchDecision"]> = async (
  _root,
  { id, reason },
  context,
) => {
  const { principal, loaders, useCases } = context;
  if (typeof reason === "string") requireReason("reason", reason);
  requireFound(await loaders.matchDecisionById.load(id), "decision");
  await useCases.undoMatchDecision(principal.tenantId, id, principal.subject);
  return decisionOf(context, id);
};

async function decisionOf({ loaders }: Context, id: string) {
  loaders.matchDecisionById.clear(id); // an earlier mutation of the same operation may have loaded it
  return requireFound(await loaders.matchDecisionById.load(id), "decision");
}
