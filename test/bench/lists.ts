import { getNamedType, isEnumType } from "graphql";
import { loadSchema } from "../../src/server/load-schema.ts";
import { migrate } from "../../src/store/migrate.ts";
import { useGraphServer } from "../helpers/graph-server.ts";
import { useDatabase } from "../helpers/postgres.ts";
import { FILTERS, fillWorld, SIZES, TENANTS } from "./lists/world.ts";

const GOALS = { pageMs: 100, countMs: 200 };
const REPEATS = 4;

interface Sample {
  /** List, order and filter. */
  readonly name: string;
  readonly ms: number;
}

/**
 * Time of one request for a page (the first, the next and the last), a count and a sum, with every order and filter of
 * the largest lists: 500,000 payments, 300,000 refunds and 300,000 bank transactions of two tenants.
 */
export async function run(): Promise<Record<string, unknown>> {
  const database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const startMs = performance.now();
  await fillWorld(database.connection);
  console.log(`filled ${JSON.stringify(SIZES)} in ${Math.round((performance.now() - startMs) / 1_000)} s`);
  await using graph = await useGraphServer({ operations: { maxCost: 1_000_000 } }, database);
  const [pages, counts, totals]: Sample[][] = [[], [], []];

  async function measure(samples: Sample[] | undefined, name: string, query: string, variables: object) {
    let data: Readonly<Record<string, unknown>> = {};
    for (let repeat = 0; repeat <= REPEATS; repeat += 1) {
      const sentMs = performance.now();
      const answer = await graph.query(query, {
        variables: { ...variables },
        headers: { "x-sluice-tenant": TENANTS[0] },
      });
      const ms = performance.now() - sentMs;
      if (answer.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(answer.errors)}`);
      if (repeat > 0) samples?.push({ name, ms }); // the first request also compiles and caches
      data = answer.data as typeof data;
    }
    return data;
  }

  for (const [list, filters] of Object.entries(FILTERS)) {
    const { filterType, orderType, orders } = argumentsOf(list);
    const head = `query ($first: Int, $after: String, $last: Int, $filter: ${filterType}, $orderBy: ${orderType})`;
    const page = `${head} { page: ${list}(first: $first, after: $after, last: $last, filter: $filter, orderBy: $orderBy) {
      nodes { id externalId amount { amount } deletedAt } pageInfo { hasNextPage endCursor } } }`;
    for (const filter of filters) {
      for (const orderBy of orders) {
        const name = `${list} ${orderBy} ${JSON.stringify(filter)}`;
        const { page: first } = (await measure(pages, name, page, { first: 20, filter, orderBy })) as unknown as Paged;
        const after = first.pageInfo.endCursor;
        if (first.pageInfo.hasNextPage)
          await measure(pages, `${name} next`, page, { first: 20, after, filter, orderBy });
        await measure(pages, `${name} last`, page, { last: 20, filter, orderBy });
      }
      const count = `query ($filter: ${filterType}) { ${list}(first: 1, filter: $filter) { totalCount { count isEstimate } } }`;
      await measure(counts, `${list} ${JSON.stringify(filter)}`, count, { filter });
      const sum = `query ($filter: ${filterType}) { ${list.replace(/s$/, "")}Totals(filter: $filter) { count } }`;
      await measure(totals, `${list} ${JSON.stringify(filter)}`, sum, { filter });
    }
    const of = (samples: readonly Sample[] | undefined) =>
      figures(samples?.filter(({ name }) => name.startsWith(list)));
    console.log(`${list}: ${JSON.stringify({ pages: of(pages), counts: of(counts), totals: of(totals) })}`);
  }
  const results = { pages: figures(pages), counts: figures(counts), totals: figures(totals) };
  return {
    name: "lists",
    unit: "ms",
    goals: GOALS,
    met: results.pages.p99 < GOALS.pageMs && results.counts.p99 < GOALS.countMs,
    ...results,
  };
}

interface Paged {
  readonly page: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } };
}

function argumentsOf(list: string) {
  const args = loadSchema().getQueryType()?.getFields()[list]?.args ?? [];
  const typeOf = (name: string) => {
    const argument = args.find((one) => one.name === name);
    if (argument === undefined) throw new Error(`${list} has no argument ${name}`);
    return getNamedType(argument.type);
  };
  const order = typeOf("orderBy");
  const orders = isEnumType(order) ? order.getValues().map(({ name }) => name) : [];
  return { filterType: typeOf("filter").name, orderType: order.name, orders };
}

function figures(samples: readonly Sample[] = []) {
  const sorted = samples.toSorted((one, other) => one.ms - other.ms);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)]?.ms ?? NaN);
  const slowest = sorted
    .toReversed()
    .slice(0, 5)
    .map(({ name, ms }) => `${name}: ${Math.round(ms)}`);
  return { requests: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1), slowest };
}
