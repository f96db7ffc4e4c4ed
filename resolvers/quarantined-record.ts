import type {
  EntityTypeInputResolvers,
  EntityTypeResolvers,
  MutationResolvers,
  QuarantinedRecordResolvers,
  QueryResolvers,
} from "./__generated__/types.ts";
import { requireCondition, requireLimit } from "./bulk-selection.ts";
import type { Context } from "./context.ts";
import { requireShortValues } from "./input-error.ts";
import { loadNode } from "./load-node.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { requireReason } from "./require-reason.ts";
import { resolveIdReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { decodeBulkCursor, encodeBulkCursor } from "./bulk-cursor.ts";
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
  resolvedAt: ({ status, resolvedAt }) => (status === "RESOLVED" ? resolvedAt : null),
  discardedAt: ({ status, discardedAt }) => (status === "DISCARDED" ? discardedAt : null),
  discardedBy: ({ status, discardedBy }) => (status === "DISCARDED" ? discardedBy : null),
  discardReason: ({ status, discardReason }) => (status === "DISCARDED" ? discardReason : null),
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

/** Maximum number of records that one call tries again. */
const MAX_RECORDS = 100;

export const replayManyQuarantined: NonNullable<MutationResolvers["replayManyQuarantined"]> = async (
  _root,
  { input },
  context,
) => {
  const { filter } = input;
  requireCondition(filter);
  requireShortValues("input.filter", filter);
  const limit = requireLimit(input.limit ?? MAX_RECORDS, MAX_RECORDS);
  const bulk = { mutation: "replayManyQuarantined", filter };
  const batch = { filter, limit, after: decodeBulkCursor(context, bulk, input.after) };
  const { principal, useCases } = context;
  const { count, skipped, end } = await useCases.replayManyQuarantined(principal.tenantId, batch);
  return { count, skipped, hasMore: end !== undefined, endCursor: encodeBulkCursor(context, bulk, end) };
};

export const discardQuarantined: NonNullable<MutationResolvers["discardQuarantined"]> = async (
  _root,
  { ids, reason },
  context,
) => {
  const { principal, loaders, useCases } = context;
  requireShortValues("discardQuarantined", { ids });
  const decision = { reason: requireReason("reason", reason), by: principal.subject };
  await loadAll(context, ids);
  await useCases.discardQuarantined(principal.tenantId, [...new Set(ids)], decision);
  for (const id of ids) loaders.quarantinedRecordById.clear(id);
  return { records: await loadAll(context, ids) };
};

/** Maximum number of records that one call discards, and its default. */
const MAX_DISCARDED = 10_000;
const DEFAULT_DISCARDED = 1_000;

export const discardManyQuarantined: NonNullable<MutationResolvers["discardManyQuarantined"]> = async (
  _root,
  { input },
  context,
) => {
  const { filter } = input;
  requireCondition(filter);
  requireShortValues("input.filter", filter);
  const limit = requireLimit(input.limit ?? DEFAULT_DISCARDED, MAX_DISCARDED);
  const { principal, useCases } = context;
  const decision = { reason: requireReason("input.reason", input.reason), by: principal.subject };
  const bulk = { mutation: "discardManyQuarantined", filter };
  const batch = { filter, limit, after: decodeBulkCursor(context, bulk, input.after) };
  const { count, end } = await useCases.discardManyQuarantined(principal.tenantId, batch, decision);
  return { count, hasMore: end !== undefined, endCursor: encodeBulkCursor(context, bulk, end) };
};

/** @throws ServiceError NOT_FOUND when one of them does not exist */
async function loadAll({ loaders }: Context, ids: readonly string[]) {
  const records = await Promise.all(ids.map((id) => loaders.quarantinedRecordById.load(id)));
  return records.map((record) => requireFound(record, "quarantined record"));
}
