import { searchWords } from "../../src/domain/search-words.ts";
import type { QueryResolvers } from "../__generated__/types.ts";
import { inputError } from "../input-error.ts";
import { requireDecimalOrder, requireOrder } from "../require-order.ts";
import { rootList } from "../root-list.ts";

export const bankTransactions: NonNullable<QueryResolvers["bankTransactions"]> = async (_root, args, context) => {
  const { bookedFrom, bookedTo, amount, text } = args.filter ?? {};
  requireOrder("filter.bookedFrom", bookedFrom, "filter.bookedTo", bookedTo);
  requireDecimalOrder("filter.amount.min", amount?.min, "filter.amount.max", amount?.max);
  if (typeof text === "string") requireWords("filter.text", text);
  return rootList(context, args, "bankTransactions", context.loaders.lists.bankTransactions);
};

/** Each is a search of its own in the index. */
const MAX_WORDS = 20;

function requireWords(argument: string, text: string): void {
  const { length } = searchWords(text);
  if (length === 0) throw inputError(argument, "must have a letter or a digit");
  if (length > MAX_WORDS) throw inputError(argument, `takes ${MAX_WORDS} words at most, got ${length}`);
}
