import { typeOfId } from "../src/domain/ids.ts";
import type { ResolversTypes } from "./__generated__/types.ts";
import type { Context } from "./context.ts";

/** Any object that has a global id. */
export type NodeModel = Awaited<ResolversTypes["Node"]>;

/** Any object by its global id; null where there is none, and for parts that show only with their whole. */
export async function loadNode({ loaders }: Context, id: string): Promise<NodeModel | null> {
  const type = typeOfId(id);
  switch (type) {
    case "Party":
      return (await loaders.partyById.load(id)) ?? null;
    case "Account":
      return (await loaders.accountById.load(id)) ?? null;
    case "Payment":
      return (await loaders.paymentById.load(id)) ?? null;
    case "Refund":
      return (await loaders.refundById.load(id)) ?? null;
    case "Dispute":
      return (await loaders.disputeById.load(id)) ?? null;
    case "Payout":
      return (await loaders.payoutById.load(id)) ?? null;
    case "LedgerEntry":
      return (await loaders.ledgerEntryById.load(id)) ?? null;
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
    case "Balance":
    case "PaymentAttempt":
    case undefined:
      return null;
  }
}
