import type { Transaction } from "../../store/database.ts";
import { ENTITY_TABLES } from "../../store/entities/tables.ts";
import { createParameters } from "../../store/queries/parameters.ts";
import { conditionsOf, isGiven } from "./indexed-filter.ts";
import { type EntityFilter, type EntityList, selection } from "./list-entities.ts";
import type { ListedType } from "./list-orders.ts";
import { whereAll } from "./list-page.ts";

/** Amounts that are added up, by kind: SQL expressions in minor units. */
const SUMMED = {
  Payment: { amount: "amount_minor", captured: "captured_minor" },
  Refund: { amount: "amount_minor" },
  Payout: { amount: "amount_minor" },
  LedgerEntry: { gross: "gross_minor", fee: "fee_minor", net: "net_minor" },
  BankTransaction: {
    credits: "case when direction = 'CREDIT' then amount_minor else 0 end",
    debits: "case when direction = 'DEBIT' then amount_minor else 0 end",
  },
} as const satisfies { readonly [Type in ListedType]?: Readonly<Record<string, string>> };

export type SummedType = keyof typeof SUMMED;

/** Sums of the objects in one currency, with the largest number of digits that any of them has. */
export interface CurrencySums<Name extends string> {
  readonly currency: string;
  readonly exponent: number;
  readonly count: number;
  /** Minor units. */
  readonly sums: Readonly<Record<Name, bigint>>;
}

export interface Totals<Name extends string> {
  /** Number of objects, including those without an amount. */
  readonly count: number;
  /** By currency, from A to Z. */
  readonly sums: readonly CurrencySums<Name>[];
}

/** Totals of each kind. */
export type TotalsOf = { readonly [Type in SummedType]: Totals<keyof (typeof SUMMED)[Type] & string> };

interface SumRow {
  readonly currency: string | null;
  readonly exponent: number | null;
  readonly count: bigint;
  readonly [column: string]: unknown;
}

/** Adds up the objects that match a filter: one statement, in numbers without a limit of digits. */
export async function sumEntities<Type extends SummedType, Filter extends EntityFilter>(
  tx: Transaction,
  list: EntityList<Type, Filter>,
  filter: Filter,
): Promise<TotalsOf[Type]> {
  const parameters = createParameters();
  const { conditions, indexed } = await selection(tx, list, filter);
  const all = [...conditions, ...indexed.filter(isGiven).flatMap((one) => conditionsOf(one))];
  const summed: Readonly<Record<string, string>> = SUMMED[list.type];
  const sums = Object.entries(summed).map(
    ([name, amount]) => `coalesce(sum(${amount}), 0)::numeric::text as "sum_${name}"`,
  );
  const rows = await tx.query<SumRow>(
    `select currency, exponent, count(*) as count, ${sums.join(", ")} from ${ENTITY_TABLES[list.type].table}
     ${whereAll(all.flatMap((condition) => condition(parameters) ?? []))}
     group by currency, exponent order by currency collate "C", exponent`,
    parameters.values,
  );
  return {
    count: rows.reduce((count, row) => count + Number(row.count), 0),
    sums: mergeExponents(rows, Object.keys(summed)),
  } as TotalsOf[Type]; // the names are those of the kind
}

/** Adds the sums of one currency that were written with different numbers of digits. */
function mergeExponents(rows: readonly SumRow[], names: readonly string[]): readonly CurrencySums<string>[] {
  const byCurrency = Map.groupBy(
    rows.filter(({ currency, exponent }) => currency !== null && exponent !== null),
    ({ currency }) => currency ?? "",
  );
  return [...byCurrency].map(([currency, some]) => {
    const exponent = Math.max(...some.map((row) => row.exponent ?? 0));
    const sumOf = (name: string): bigint =>
      some.reduce(
        (sum, row) => sum + BigInt(String(row[`sum_${name}`])) * 10n ** BigInt(exponent - (row.exponent ?? 0)),
        0n,
      );
    return {
      currency,
      exponent,
      count: some.reduce((count, row) => count + Number(row.count), 0),
      sums: Object.fromEntries(names.map((name) => [name, sumOf(name)])),
    };
  });
}
