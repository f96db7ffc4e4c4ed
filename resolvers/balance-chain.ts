import type { BalanceChainModel, LinkRow } from "../src/graph/loaders/models.ts";
import type { Money } from "../src/domain/money.ts";
import type {
  AccountResolvers,
  BalanceChainResolvers,
  BalanceDriftCandidateResolvers,
  BalanceLinkResolvers,
} from "./__generated__/types.ts";
import { connectionOf } from "./connection.ts";
import type { Context } from "./context.ts";
import { loadOptional } from "./load-optional.ts";
import { requireBefore } from "./require-order.ts";

/** The chain of an account in one currency; null if there is nothing that could be compared. */
export const balanceChain: NonNullable<AccountResolvers["balanceChain"]> = async ({ id }, args, { loaders }) => {
  const { currency } = args;
  const [from, to] = [args.from ?? undefined, args.to ?? undefined];
  requireBefore("from", from, "to", to);
  const found = await loaders.chainBasisByAccount.load(id);
  return found === undefined ? null : { accountId: id, basis: found.basis, currency, from, to };
};

export const BalanceChain: BalanceChainResolvers = {
  state: stateOf,
  links: (chain, args, context) =>
    connectionOf(context, {
      scope: {
        list: `Account.balanceChain ${chain.accountId} ${chain.currency}`,
        filter: { from: chain.from, to: chain.to },
      },
      page: args,
      load: async ({ limit, after }) => {
        const position = after === undefined ? undefined : { day: after.at ?? "", key: after.id };
        const { accountId, basis, currency, from, to } = chain;
        const page = { accountId, basis, currency, from, to, after: position, limit };
        const rows = await context.loaders.linksByChain.load(page);
        return rows.map((row) => ({ ...row, currency }));
      },
      positionOf: ({ day, key }) => ({ at: day, id: key }),
    }),
  drift: async (chain, _args, context) => {
    const drift = await driftOf(chain, context);
    if (drift === undefined || !drift.isAnchored || drift.offsetMinor === 0n) return null;
    const { currency, exponent, firstDay, untilAt, firstOffsetMinor } = drift;
    if (firstDay === null || untilAt === null || firstOffsetMinor === null) return null;
    const money = (minor: bigint): Money => ({ minor, currency, exponent });
    return {
      difference: money(drift.offsetMinor),
      firstDay,
      firstDifference: money(firstOffsetMinor),
      lastAgreedDay: drift.lastAgreed,
      since: drift.sinceAt,
      until: untilAt,
      candidates: drift.candidates,
    };
  },
};

async function driftOf({ accountId, basis, currency }: BalanceChainModel, { loaders }: Context) {
  if (basis !== "LEDGER") return undefined;
  return (await loaders.driftsByAccount.load(accountId)).find((drift) => drift.currency === currency);
}

async function stateOf(chain: BalanceChainModel, _args: unknown, context: Context) {
  if (chain.basis === "STATEMENTS") return context.loaders.statementChainState.load(chain);
  const drift = await driftOf(chain, context);
  if (drift === undefined) return "PENDING";
  if (!drift.isAnchored) return "OPENING_UNKNOWN";
  return drift.offsetMinor === 0n ? "AGREES" : "BROKEN";
}

function moneyOfText(
  text: string | null,
  { currency, exponent }: LinkRow & { readonly currency: string },
): Money | null {
  return text === null ? null : { minor: BigInt(text), currency, exponent };
}

export const BalanceLink: BalanceLinkResolvers = {
  opening: (link) => moneyOfText(link.opening, link),
  entriesSum: (link) => moneyOfText(link.entries, link),
  entryCount: ({ entryCount }) => (entryCount === null ? null : Number(entryCount)),
  closing: (link) => ({ minor: BigInt(link.closing), currency: link.currency, exponent: link.exponent }),
  difference: (link) => moneyOfText(link.difference, link),
  gap: (link) => moneyOfText(link.gap, link),
  statement: ({ statementId }, _args, { loaders }) => loadOptional(loaders.statementById, statementId),
};

export const BalanceDriftCandidate: BalanceDriftCandidateResolvers = {
  entry: ({ id }, _args, { loaders }) => loadOptional(loaders.ledgerEntryById, id),
};
