import type {
  EntityTypeInputResolvers,
  EntityTypeResolvers,
  MutationResolvers,
  QuarantinedRecordResolvers,
  QueryResolvers,
} from "./__generated__/types.ts";
import type { Context } from "./context.ts";
import { requireShortValues } from "./input-error.ts";
import { loadNode } from "./load-node.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { sourceOf } from "./source-of.ts";
import { rawPointerOf } from "./raw-pointer.ts";

/** Internal value of each enum value. */
export const EntityTypeInput: Required<EntityTypeInputResolvers> = {
  PARTY: "Party",
  ACCOUNT: "Account",
  BALANCE: "Balance",
  PAYMENT: "Payment",
  PAYMENT_ATTEMPT: "PaymentAttempt",
  REFUND: "Refund",
  DISPUTE: "Dispute",
  PAYOUT: "Payout",
  LEDGER_ENTRY: "LedgerEntry",
  BANK_TRANSACTION: "BankTransaction",
  STATEMENT: "Statement",
};
export const EntityType: Required<EntityTypeResolvers> = EntityTypeInput;

export const QuarantinedRecord: QuarantinedRecordResolvers = {
  __resolveReference: (reference, { loaders }) =>
    resolveIdReference(reference, { type: "QuarantinedRecord", loader: loaders.quarantinedRecordById }),
  source: ({ sourceId }, _args, context) => sourceOf(context, sourceId),
  entity: ({ entityId }, _args, context) => (entityId === null ? null : loadNode(context, { id: entityId })),
  run: ({ runId }, _args, { loaders }) => loadOptional(loaders.syncRunById, runId),
  raw: (row) => rawPointerOf(row),
};

export const quarantinedRecord: NonNullable<QueryResolvers["quarantinedRecord"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.quarantinedRecordById, id);

export const quarantinedRecords: NonNullable<QueryResolvers["quarantinedRecords"]> = (_root, args, context) =>
  rootList(context, args, "quarantinedRecords", context.loaders.lists.quarantinedRecords);

export const replayQuarantined: NonNullable<MutationResolvers["replayQuarantined"]> = async (
  _root,
  { ids },
  context,
) => {
  const { principal, loaders, useCases } = context;
  requireShortValues("replayQuarantined", { ids });
  await loadAll(context, ids);
  await useCases.replayQuarantined(principal.tenantId, [...new Set(ids)]);
  for (const id of ids) loaders.quarantinedRecordById.clear(id);
  return { records: await loadAll(context, ids) };
};

/** @throws ServiceError NOT_FOUND when one of them does not exist */
async function loadAll({ loaders }: Context, ids: readonly string[]) {
  const records = await Promise.all(ids.map((id) => loaders.quarantinedRecordById.load(id)));
  return records.map((record) => requireFound(record, "quarantined record"));
}
