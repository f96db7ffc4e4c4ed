import { csvLine, decimalText } from "./csv.ts";
import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { OBJECT_TABLES } from "./objects.ts";
import { scopedRows, scopeValues } from "./scope.ts";

/** Sum of one amount of one kind of objects. */
export interface ControlTotal extends Record<string, unknown> {
  readonly table: string;
  readonly amount: string;
  readonly account: string | null;
  readonly direction: string | null;
  readonly currency: string;
  readonly exponent: number;
  readonly count: bigint;
  readonly sum: bigint;
}

/** Control totals of the objects that are not deleted, by account, direction and currency. */
export const totals: Contributor = {
  name: "totals",
  members: (source) => [
    { name: "totals.jsonl", bytes: inPieces(linesOf(source)) },
    { name: "totals.csv", bytes: inPieces(tableOf(source)) },
  ],
};

/** Totals in a fixed order. They are added up by the database, in the same snapshot as the objects. */
export async function* readTotals(source: PackSource): AsyncGenerator<ControlTotal, void> {
  for (const { table, amounts, account, direction } of OBJECT_TABLES)
    for (const amount of amounts)
      yield* source.rows<ControlTotal>(
        `select '${table}' as table, '${amount}' as amount, ${account} as account, ${direction} as direction, currency,
           exponent, count(*) as count, sum(${amount}) as sum
         from ${scopedRows(source, table)} where deleted_at is null and ${amount} is not null and currency is not null
         group by 3, 4, 5, 6
         order by ${account} collate "C" nulls first, ${direction} collate "C" nulls first, currency collate "C", exponent`,
        scopeValues(source),
      );
}

async function* linesOf(source: PackSource): AsyncGenerator<string, void> {
  for await (const { table, amount, account, direction, currency, exponent, count, sum } of readTotals(source))
    yield JSON.stringify({ table, amount, account, direction, currency, exponent, count: `${count}`, sum: `${sum}` });
}

async function* tableOf(source: PackSource): AsyncGenerator<string, void> {
  yield csvLine(["table", "amount", "account", "direction", "currency", "count", "sum"]);
  for await (const { table, amount, account, direction, currency, exponent, count, sum } of readTotals(source))
    yield csvLine([table, amount, account, direction, currency, count, decimalText(sum, exponent)]);
}
