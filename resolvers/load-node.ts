import { typeOfId } from "../src/domain/ids.ts";
import type { ResolversTypes } from "./__generated__/types.ts";
import type { Context } from "./context.ts";
import { type FreshArguments, loadFresh, requireMaxAge } from "./load-fresh.ts";

/** Any object that has a global id. */
export type NodeModel = Awaited<ResolversTypes["Node"]>;

/**
 * Loads any object by its global id; null if there is none, and for parts that are returned only with their parent.
 * @throws ServiceError INVALID_INPUT naming the argument | UPSTREAM_CALL_LIMIT
 */
export async function loadNode(context: Context, args: FreshArguments): Promise<NodeModel | null> {
  const { id, maxAge } = args;
  requireMaxAge(maxAge); // also for kinds that have no age
  const { loaders } = context;
  const type = typeOfId(id);
  switch (type) {
    case "Party":
      return loadFresh(context, { type, loader: loaders.partyById }, args);
    case "Account":
      return loadFresh(context, { type, loader: loaders.accountById }, args);
    case "Payment":
      return loadFresh(context, { type, loader: loaders.paymentById }, args);
    case "Refund":
      return loadFresh(context, { type, loader: loaders.refundById }, args);
    case "Dispute":
      return loadFresh(context, { type, loader: loaders.disputeById }, args);
    case "Payout":
      return loadFresh(context, { type, loader: loaders.payoutById }, args);
    case "LedgerEntry":
      return loadFresh(context, { type, loader: loaders.ledgerEntryById }, args);
    case "BankTransaction":
      return loadFresh(context, { type, loader: loaders.bankTransactionById }, args);
    case "Statement":
      return loadFresh(context, { type, loader: loaders.statementById }, args);
    case "Source":
      return (await loaders.sourceById.load(id)) ?? null;
    case "SyncRun":
      return (await loaders.syncRunById.load(id)) ?? null;
    case "Delivery":
      return (await loaders.deliveryById.load(id)) ?? null;
    case "QuarantinedRecord":
      return (await loaders.quarantinedRecordById.load(id)) ?? null;
    case "Finding":
      return (await loaders.findingById.load(id)) ?? null;
    case "File":
      return (await loaders.fileById.load(id)) ?? null;
    case "Balance":
    case "PaymentAttempt":
    case undefined:
      return null;
  }
}
