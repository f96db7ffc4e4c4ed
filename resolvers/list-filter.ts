import { type EntityType, typeOfId } from "../src/domain/ids.ts";
import { searchWords } from "../src/domain/search-words.ts";
import type { Context } from "./context.ts";
import { inputError, requireShortValues } from "./input-error.ts";
import { requireBefore, requireDecimalOrder } from "./require-order.ts";

/** Far more than twenty words of a person; normalised, a character may become eighteen. */
const MAX_SEARCHED_CHARACTERS = 200;
/** Each word is a search of its own in the index. */
const MAX_WORDS = 20;

/** Fields of filters that are ids of objects, with their types. */
const IDS: Readonly<Record<string, EntityType>> = {
  account: "Account",
  creditor: "Party",
  debtor: "Party",
  destination: "Account",
  payment: "Payment",
  statement: "Statement",
};

/** Fields of filters that are searched as words. */
const TEXTS: readonly string[] = ["name", "text"];

/** Ranges of times and of days, whose end is not in the range. */
const RANGES = [
  ["createdFrom", "createdTo"],
  ["dueFrom", "dueTo"],
  ["availableFrom", "availableTo"],
  ["receivedFrom", "receivedTo"],
  ["from", "to"],
  ["bookedFrom", "bookedTo"],
  ["dayFrom", "dayTo"],
] as const;

/** The filter of any list, as far as it is checked. */
type AnyFilter = Readonly<Record<string, unknown>>;

/**
 * Checks the filter of a list by the names of its fields, which mean the same in every filter.
 * @throws ServiceError INVALID_INPUT naming the field
 */
export async function requireListFilter(context: Context, filter: object): Promise<void> {
  requireShortValues("filter", filter);
  const fields = filter as AnyFilter; // plain data
  for (const [first, last] of RANGES)
    requireBefore(`filter.${first}`, text(fields[first]), `filter.${last}`, text(fields[last]));
  requireAmounts(fields["amount"]);
  for (const name of TEXTS) requireWords(`filter.${name}`, text(fields[name]));
  for (const [name, type] of Object.entries(IDS)) requireId(`filter.${name}`, text(fields[name]), type);
  await requireSources(context, fields["sourceIds"]);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function requireAmounts(range: unknown): void {
  if (typeof range !== "object" || range === null) return;
  const { min, max } = range as AnyFilter; // an input object
  requireDecimalOrder("filter.amount.min", text(min), "filter.amount.max", text(max));
}

function requireWords(argument: string, searched: string | undefined): void {
  if (searched === undefined) return;
  if (searched.length > MAX_SEARCHED_CHARACTERS) {
    throw inputError(argument, `must have at most ${MAX_SEARCHED_CHARACTERS} characters`);
  }
  const { length } = searchWords(searched);
  if (length === 0) throw inputError(argument, "must have a letter or a digit");
  if (length > MAX_WORDS) throw inputError(argument, `must have at most ${MAX_WORDS} words, got ${length}`);
}

/** An object that is not stored yet may have children already, so an unknown id of the right type is not an error. */
function requireId(argument: string, id: string | undefined, type: EntityType): void {
  if (id !== undefined && typeOfId(id) !== type)
    throw inputError(argument, `must be the global id of an object of type ${type}`);
}

/** All sources of a tenant are known, so an unknown one is a mistake. */
async function requireSources({ loaders }: Context, sourceIds: unknown): Promise<void> {
  if (!Array.isArray(sourceIds)) return;
  const sources = await Promise.all(sourceIds.map((id) => loaders.sourceById.load(String(id))));
  const index = sources.indexOf(undefined);
  if (index >= 0)
    throw inputError(`filter.sourceIds[${index}]`, "must be the id of a source: there is none with this id");
}
