import { typeOfId } from "../src/domain/ids.ts";
import type { Loader } from "../src/graph/loaders/define-loader.ts";
import type { EntityRows } from "../src/graph/loaders/models.ts";
import type { ResolversTypes } from "./__generated__/types.ts";
import type { Context } from "./context.ts";
import { type FreshArguments, loadFresh, requireMaxAge } from "./load-fresh.ts";
import { loadReferenced, requireIdKey } from "./resolve-reference.ts";

/** Any object that has a global id. */
export type NodeModel = Awaited<ResolversTypes["Node"]>;

/** Synced objects that have a global id of their own; the others are returned only with their parent. */
type NodeEntity = Exclude<keyof EntityRows, "Balance" | "PaymentAttempt">;

/** Loads a synced object with the loader of its type; null if there is none. */
type LoadEntity = <Type extends NodeEntity>(kind: {
  readonly type: Type;
  readonly loader: Loader<string, EntityRows[Type] | undefined>;
}) => Promise<EntityRows[Type] | null>;

/**
 * Loads any object by its global id; null if there is none, and for parts that are returned only with their parent.
 * @throws ServiceError INVALID_INPUT naming the argument | UPSTREAM_CALL_LIMIT
 */
export async function loadNode(context: Context, args: FreshArguments): Promise<NodeModel | null> {
  requireMaxAge(context, args.maxAge); // also for kinds that have no age
  return nodeOf(context, args.id, (kind) => loadFresh(context, kind, args));
}

/**
 * Loads the object of a representation of `Node`, as another subgraph sends it that knows no more of the object; null if
 * there is none. The object is the one that a representation of its own type resolves to.
 * @throws ServiceError INVALID_INPUT
 */
export async function resolveNode(context: Context, representation: unknown): Promise<NodeModel | null> {
  const id = requireIdKey("Node", representation);
  return nodeOf(context, id, (kind) => loadReferenced(context, id, kind));
}

async function nodeOf({ loaders }: Context, id: string, loadEntity: LoadEntity): Promise<NodeModel | null> {
  const type = typeOfId(id);
  switch (type) {
    case "Party":
      return loadEntity({ type, loader: loaders.partyById });
    case "Account":
      return loadEntity({ type, loader: loaders.accountById });
    case "Payment":
      return loadEntity({ type, loader: loaders.paymentById });
    case "Refund":
      return loadEntity({ type, loader: loaders.refundById });
    case "Dispute":
      return loadEntity({ type, loader: loaders.disputeById });
    case "Payout":
      return loadEntity({ type, loader: loaders.payoutById });
    case "LedgerEntry":
      return loadEntity({ type, loader: loaders.ledgerEntryById });
    case "BankTransaction":
      return loadEntity({ type, loader: loaders.bankTransactionById });
    case "Statement":
      return loadEntity({ type, loader: loaders.statementById });
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
