import type { Transaction } from "../../store/database.ts";
import { type Condition, isWithin } from "../../store/queries/conditions.ts";
import { createParameters } from "../../store/queries/parameters.ts";

/**
 * Filter with an index that is not in the order of time. The planner cannot know how rare its matches are in the
 * tenant, so they are counted: few are looked up and sorted; of many, the list in its order soon has enough.
 */
export interface Search {
  /** SELECT of the ids that match, without a limit, which reads no more rows of an index than it returns. */
  readonly ids: Condition;
  /** Check of each row of the list. */
  readonly check: Condition;
  /** Column whose range it is: a list in the order of this column needs no other index. */
  readonly column?: string;
  /** Conditions that select the matches from the list's own table, by an index of it. Undefined: they are found elsewhere. */
  readonly rows?: readonly Condition[];
  /** True if its index finds all matches before it returns the first one, and checking one row is a statement of its own. */
  readonly isOfWords?: true;
}

/** Newest rows of a list in which a search of words is tried first, and the matches among them that are many. */
const TRIED = { rows: 200, many: 20 } as const;

/**
 * Finds the ids that match a search if they are at most `few`.
 * @returns undefined if there are more
 */
export async function findFew(
  tx: Transaction,
  table: string,
  search: Search,
  few: number,
): Promise<readonly string[] | undefined> {
  if (search.isOfWords === true && (await isCommon(tx, table, search))) return undefined;
  const parameters = createParameters();
  const ids = search.ids(parameters);
  const text = `${ids} limit ${parameters.add(few + 1)}`;
  const rows = await tx.query<{ readonly id: string }>(text, parameters.values);
  return rows.length > few ? undefined : rows.map(({ id }) => id);
}

/** Returns whether a search has no more than `most` matches. */
export async function hasAtMost(tx: Transaction, table: string, search: Search, most: number): Promise<boolean> {
  if (search.isOfWords === true && (await isCommon(tx, table, search))) return false;
  const parameters = createParameters();
  const ids = search.ids(parameters);
  const [row] = await tx.query<{ readonly found: bigint }>(
    `select count(*) as found from (${ids} limit ${parameters.add(most + 1)}) as matching`,
    parameters.values,
  );
  return (row?.found ?? 0n) <= most;
}

/**
 * Condition that a row is one of the matches of a search, which are looked up by their ids. As an array, whose number of
 * elements the planner assumes to be small.
 */
export function isMatchOf(table: string, search: Search): Condition {
  return (parameters) => `${table}.id = any(array(${search.ids(parameters)}))`;
}

/** Returns whether so many of the newest rows match that the whole list has very many matches. */
async function isCommon(tx: Transaction, table: string, search: Search): Promise<boolean> {
  const parameters = createParameters();
  const [row] = await tx.query<{ readonly found: bigint }>(
    `select count(*) as found from (
       select * from ${table} where content_hash is not null
       order by ordered_at desc nulls last, id desc nulls last limit ${parameters.add(TRIED.rows)}
     ) as ${table} where ${search.check(parameters)}`,
    parameters.values,
  );
  return (row?.found ?? 0n) >= TRIED.many;
}

/** Amounts of one currency; bounds as decimal text, both inclusive. */
export interface AmountRange {
  readonly currency: string;
  readonly min?: string | null | undefined;
  readonly max?: string | null | undefined;
}

/** Search for a range of amounts; undefined without one. */
export function amountWithin(table: string, range: AmountRange | null | undefined): Search | undefined {
  if (range === null || range === undefined) return undefined;
  const { currency, min, max } = range;
  const column = `${table}.amount_order`;
  const condition: Condition = (parameters) => {
    const of = parameters.add(currency);
    const bound = (amount: string): string => `amount_order(${of}, ${parameters.add(amount)}::numeric, 0::smallint)`;
    // 'N' is before, and 'Q' after each amount of the currency: 0024-list-orders.ts.
    const lowest = typeof min === "string" ? bound(min) : `${of}::text || ' N'`;
    const highest = typeof max === "string" ? `<= ${bound(max)}` : `< ${of}::text || ' Q'`;
    return `${column} >= ${lowest} and ${column} ${highest}`;
  };
  return rangeOf(table, "amount_order", condition);
}

/** Search for a range of times or days of an order's column; `to` is exclusive. Undefined without bounds. */
export function timeWithin(
  table: string,
  column: string,
  from: string | null | undefined,
  to: string | null | undefined,
): Search | undefined {
  if (typeof from !== "string" && typeof to !== "string") return undefined;
  // A time that is not known is in no range: it is stored as infinity.
  return rangeOf(table, column, isWithin(`${table}.${column}`, from, to ?? "infinity"));
}

function rangeOf(table: string, column: string, check: Condition): Search {
  return {
    column,
    check,
    rows: [check],
    ids: (parameters) =>
      `select id from ${table} where content_hash is not null and ${check(parameters)} order by ${column}, id`,
  };
}

/** Words of a table's objects, in the form of the index, whose keys contain the tenant. Undefined without a text. */
export function hasWords(
  tx: Pick<Transaction, "tenantId">,
  table: "parties" | "payments",
  text: string | null | undefined,
): Search | undefined {
  if (text === null || text === undefined) return undefined;
  // PostgreSQL text cannot contain U+0000. In a subquery the words are unknown to the planner, which assumes that every prefix is common. The text has letters
  // and digits only, so that none can be parsed as an operator.
  const matches: Condition = (parameters) => `found.words @@ (
    select string_agg(prefix || left(word, 100) || ':*', ' & ')::tsquery
    from unnest(string_to_array(plain_words(${parameters.add(text.replaceAll("\0", " "))}), ' ')) as word
      cross join word_prefix(${parameters.add(tx.tenantId)}, '${table}') as prefix
  )`;
  return {
    isOfWords: true,
    // Planned as if all rows were needed, which uses an index, but read no further than the limit.
    ids: (parameters) => `with few as materialized (
      select id from entity_word_search as found where ${matches(parameters)}
    ) select id from few`,
    // `offset 0` makes it a check on each row of the list.
    check: (parameters) => `exists (
      select from entity_word_search as found where found.id = ${table}.id and ${matches(parameters)} offset 0
    )`,
  };
}
