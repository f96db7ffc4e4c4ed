import { lineId } from "../src/graph/loaders/payout-proofs.ts";
import type { PayoutRow } from "../src/graph/loaders/models.ts";
import type { PayoutProofLineResolvers, PayoutProofResolvers, PayoutResidueResolvers } from "./__generated__/types.ts";
import { childList } from "./child-list.ts";
import type { Context } from "./context.ts";
import { moneyOf } from "./money-of.ts";

export const PayoutProof: PayoutProofResolvers = {
  sum: (proof) => moneyOf(proof.sumMinor, proof),
  unexplained: (proof) => moneyOf(proof.unexplainedMinor, proof),
  returned: (proof) => (proof.returnedMinor === 0n ? null : moneyOf(proof.returnedMinor, proof)),
  listedSince: ({ listKnownAt }) => listKnownAt,
};

export const PayoutProofLine: PayoutProofLineResolvers = {
  amount: ({ minor, currency, exponent }) => ({ minor, currency, exponent }),
  entryCount: ({ count }) => count,
  ledgerEntries: ({ payoutId, kind }, args, context) =>
    childList(context, args, {
      list: "PayoutProofLine.ledgerEntries",
      parentId: lineId(payoutId, kind),
      children: "ledgerEntriesByProofLine",
    }),
};

export const PayoutResidue: PayoutResidueResolvers = {
  amount: ({ minor, currency, exponent }) => ({ minor, currency, exponent }),
};

const UNDISCLOSED = {
  state: "NOT_DISCLOSED",
  lineCount: null,
  sum: null,
  difference: null,
  completeSince: null,
} as const;

/** What is known of the list of a payout's entries: a part of its proof. */
export async function compositionOf({ id, disclosure }: PayoutRow, _args: unknown, { loaders }: Context) {
  if (disclosure === "NOT_DISCLOSED") return UNDISCLOSED;
  const proof = await loaders.proofByPayout.load(id);
  if (proof?.basis !== "LISTED_ENTRIES") return null;
  const { listKnownAt, sumMinor, amountMinor, entryCount } = proof;
  return {
    state: listKnownAt === null ? ("PENDING" as const) : ("COMPLETE" as const),
    lineCount: entryCount,
    sum: moneyOf(sumMinor, proof),
    difference: moneyOf(sumMinor === null ? null : amountMinor - sumMinor, proof),
    completeSince: listKnownAt,
  };
}
