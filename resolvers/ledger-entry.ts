import { typeOfId } from "../src/domain/ids.ts";
import type { LedgerEntryRow } from "../src/graph/loaders/models.ts";
import type { LedgerEntryResolvers, LedgerOriginResolvers, QueryResolvers } from "./__generated__/types.ts";
import type { Context } from "./context.ts";
import { loadByExternalId } from "./load-by-external-id.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const LedgerEntry: LedgerEntryResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "LedgerEntry", loader: context.loaders.ledgerEntryById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "LedgerEntry", loader: context.loaders.ledgerEntryById }, { id, maxAge }),
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  gross: (row) => moneyOf(row.grossMinor, row),
  fee: (row) => moneyOf(row.feeMinor, row),
  net: (row) => moneyOf(row.netMinor, row),
  origin: originOf,
  payout: (row, _args, { loaders }) => loadOptional(loaders.payoutById, row.payoutId),
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

export const LedgerOrigin: LedgerOriginResolvers = {
  // Only members of the union are ever returned here, and the prefix of their id identifies the type.
  __resolveType: ({ id }) => typeOfId(id) as ReturnType<NonNullable<LedgerOriginResolvers["__resolveType"]>>,
};

export const ledgerEntries: NonNullable<QueryResolvers["ledgerEntries"]> = (_root, args, context) =>
  rootList(context, args, "ledgerEntries", context.loaders.lists.ledgerEntries);

export const ledgerEntry: NonNullable<QueryResolvers["ledgerEntry"]> = (_root, args, context) =>
  loadFresh(context, { type: "LedgerEntry", loader: context.loaders.ledgerEntryById }, args);

export const ledgerEntryByExternalId: NonNullable<QueryResolvers["ledgerEntryByExternalId"]> = (_root, args, context) =>
  loadByExternalId(context, { type: "LedgerEntry", loader: context.loaders.ledgerEntryById }, args);
