import type { LedgerEntryResolvers } from "./__generated__/types.ts";
import type { LedgerEntryRow } from "../src/loaders/models.ts";
import type { Context } from "./context.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { syncedFields } from "./synced-fields.ts";

export const LedgerEntry: LedgerEntryResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "LedgerEntry", loader: context.loaders.ledgerEntryById }),
  ...syncedFields,
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  gross: (row) => moneyOf(row.grossMinor, row),
  fee: (row) => moneyOf(row.feeMinor, row),
  net: (row) => moneyOf(row.netMinor, row),
  origin: originOf,
};

function originOf({ originType, originId }: LedgerEntryRow, _args: unknown, { loaders }: Context) {
  switch (originType) {
    case "PaymentAttempt":
      return loadOptional(loaders.attemptById, originId);
    case "Refund":
      return loadOptional(loaders.refundById, originId);
    case "Dispute":
      return loadOptional(loaders.disputeById, originId);
    case "Payout":
      return loadOptional(loaders.payoutById, originId);
    case null:
      return null;
  }
}
