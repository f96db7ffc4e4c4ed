import { searchWords } from "../src/domain/search-words.ts";
import type {
  BankChargeResolvers,
  BankTransactionResolvers,
  QueryResolvers,
  SourceIdResolvers,
} from "./__generated__/types.ts";
import { allChildren } from "./child-list.ts";
import { connectionOf } from "./connection.ts";
import { inputError, requireShortValues } from "./input-error.ts";
import { loadFresh } from "./load-fresh.ts";
import { loadOptional } from "./load-optional.ts";
import { moneyOf } from "./money-of.ts";
import { requireDecimalOrder, requireOrder } from "./require-order.ts";
import { resolveReference } from "./resolve-reference.ts";
import { rootList } from "./root-list.ts";
import { syncedFields } from "./synced-fields.ts";

export const BankCharge: BankChargeResolvers = {
  isTotal: ({ isTotal }) => isTotal === true,
};

export const BankTransaction: BankTransactionResolvers = {
  __resolveReference: (reference, context) =>
    resolveReference(context, reference, { type: "BankTransaction", loader: context.loaders.bankTransactionById }),
  ...syncedFields,
  fresh: ({ id }, { maxAge }, context) =>
    loadFresh(context, { type: "BankTransaction", loader: context.loaders.bankTransactionById }, { id, maxAge }),
  sourceIds: async ({ id, externalId }, _args, { loaders }) => {
    const rows = await loaders.sourceIdsByEntity.load(id);
    return rows.length > 0 ? rows : [{ rootId: id, externalId, replaced: false, firstSeenAt: null }];
  },
  account: (row, _args, { loaders }) => loadOptional(loaders.accountById, row.accountId),
  statement: (row, _args, { loaders }) => loadOptional(loaders.statementById, row.statementId),
  reportedBy: ({ id }, _args, { loaders }) => allChildren(loaders.statementsByTransaction, id),
  amount: (row) => moneyOf(row.amountMinor, row),
  references: ({ referenceList }) => referenceList ?? [],
  amounts: ({ amounts }) => amounts ?? [],
  charges: ({ charges }) => charges ?? [],
  batches: ({ batches }) => batches ?? [],
  details: ({ id: parentId }, args, context) =>
    connectionOf(context, {
      scope: { list: `BankTransaction.details ${parentId}`, filter: {} },
      page: args,
      load: (page) => context.loaders.detailsByTransaction.load({ ...page, parentId }),
      positionOf: ({ statementId, detailIndex }) => ({ at: statementId, id: `${detailIndex}` }),
    }),
  payout: async ({ id }, _args, { loaders }) => (await loaders.matchByTransaction.load(id)) ?? null,
};

export const SourceId: SourceIdResolvers = {
  isCurrent: ({ replaced }) => !replaced,
};

export const bankTransaction: NonNullable<QueryResolvers["bankTransaction"]> = (_root, args, context) =>
  loadFresh(context, { type: "BankTransaction", loader: context.loaders.bankTransactionById }, args);

export const bankTransactions: NonNullable<QueryResolvers["bankTransactions"]> = async (_root, args, context) => {
  requireShortValues("filter", args.filter ?? {});
  const { bookedFrom, bookedTo, amount, text } = args.filter ?? {};
  requireOrder("filter.bookedFrom", bookedFrom, "filter.bookedTo", bookedTo);
  requireDecimalOrder("filter.amount.min", amount?.min, "filter.amount.max", amount?.max);
  if (typeof text === "string") requireWords("filter.text", text);
  return rootList(context, args, "bankTransactions", context.loaders.lists.bankTransactions);
};

/** Far more than twenty words of a person; normalised, a character may become eighteen. */
const MAX_SEARCHED_CHARACTERS = 200;
/** Each word is a search of its own in the index. */
const MAX_WORDS = 20;

function requireWords(argument: string, text: string): void {
  if (text.length > MAX_SEARCHED_CHARACTERS) {
    throw inputError(argument, `must have at most ${MAX_SEARCHED_CHARACTERS} characters`);
  }
  const { length } = searchWords(text);
  if (length === 0) throw inputError(argument, "must have a letter or a digit");
  if (length > MAX_WORDS) throw inputError(argument, `must have at most ${MAX_WORDS} words, got ${length}`);
}
