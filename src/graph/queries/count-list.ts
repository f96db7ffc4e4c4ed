import type { Transaction } from "../../store/database.ts";
import type { Condition } from "../../store/queries/conditions.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import { combinations, conditionsOf, isGiven } from "./indexed-filter.ts";
import { type ListQuery, pageStatement, whereAll } from "./list-page.ts";
import type { ListCount } from "./page.ts";

/** A list, as it is read, without a page. */
export type CountedList = Omit<ListQuery, "select" | "page">;

/** Up to this number the items of a list are counted, and rows are checked; a check of words costs ten times as much. */
const MAX_COUNTED = { usual: 20_000, costly: 4_000 } as const;
/** Pages of a table that are sampled for an estimate: some ten thousand rows, or two thousand. */
const SAMPLED_PAGES = { usual: 1_000, costly: 200 } as const;

/**
 * Counts a list. One that is longer than 20,000 items, or for which more rows would have to be checked, is estimated by a
 * sample of the table: of this tenant's own rows, so that the estimate reveals nothing about other tenants. For a search
 * of words with many matches 4,000 rows are checked.
 */
export async function countList(tx: Transaction, query: CountedList): Promise<ListCount> {
  const parameters = createParameters();
  const { table } = query;
  const most = MAX_COUNTED[costOf(query)];
  const text = pageStatement(
    { ...drivenBy(query), select: `${table}.*`, page: { limit: most + 1, after: undefined } },
    parameters,
  );
  if (text === undefined) return { count: 0, isEstimate: false };
  const checks = allConditions(query).flatMap((condition) => condition(parameters) ?? []);
  const filter = checks.length === 0 ? "" : `filter (where ${checks.join(" and ")})`;
  const [row] = await tx.query<{ matching: bigint; examined: bigint }>(
    `select count(*) ${filter} as matching, count(*) as examined from (${text}) as ${table}`,
    parameters.values,
  );
  if (row === undefined) throw new Error("an aggregate returns one row");
  const matching = Number(row.matching);
  if (row.examined <= most) return { count: matching, isEstimate: false };
  return { count: Math.max(matching, await sampled(tx, query)), isEstimate: true };
}

const costOf = ({ hasCostlyChecks }: CountedList): "usual" | "costly" =>
  hasCostlyChecks === true ? "costly" : "usual";

/** The rows that are examined: those of one index, whatever the other conditions exclude. */
function drivenBy(query: CountedList): CountedList {
  if (query.isShort === true) return query;
  const given = query.indexed.filter(isGiven);
  const indexed = given.some((filter) => combinations(filter) === 0) ? given : given.slice(0, 1);
  return { ...query, conditions: query.driving ?? [], indexed };
}

function allConditions(query: CountedList): readonly Condition[] {
  return [...query.conditions, ...query.indexed.filter(isGiven).flatMap((filter) => conditionsOf(filter))];
}

async function sampled(tx: Transaction, query: CountedList): Promise<number> {
  const { table } = query;
  const [size] = await tx.query<{ pages: bigint }>(
    `select pg_relation_size('${table}'::regclass) / current_setting('block_size')::int as pages`,
  );
  const percent = Math.min(100, (100 * SAMPLED_PAGES[costOf(query)]) / Math.max(1, Number(size?.pages ?? 1)));
  const parameters = createParameters();
  const where = whereAll(allConditions(query).flatMap((condition) => condition(parameters) ?? []));
  // Always the same pages, so that the estimate of a list does not jump while a client reads it.
  const [row] = await tx.query<{ hits: bigint }>(
    `select count(*) as hits from ${table} tablesample system (${parameters.add(percent)}::real) repeatable (1) ${where}`,
    parameters.values,
  );
  return rounded((Number(row?.hits ?? 0n) * 100) / percent);
}

/** Two digits: an estimate has no more. */
function rounded(estimate: number): number {
  return Number(estimate.toPrecision(2));
}
