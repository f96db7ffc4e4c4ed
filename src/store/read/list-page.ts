import type { QueryResultRow } from "pg";
import type { Transaction } from "../database.ts";
import type { Condition } from "./conditions.ts";
import type { PageRequest } from "./page.ts";
import { createParameters } from "./parameters.ts";

export interface ListQuery {
  readonly table: string;
  /** Select list; must name the key columns as `Positioned` has them. */
  readonly select: string;
  /** Time column that the list is ordered by, newest first; the id decides between equal times. */
  readonly orderBy: string;
  readonly conditions: readonly Condition[];
  readonly page: PageRequest;
}

/**
 * One page by keyset: it costs the same wherever in the list it stands, and rows that come or go before it do not
 * shift it.
 */
export async function listPage<Row extends QueryResultRow>(tx: Transaction, query: ListQuery): Promise<Row[]> {
  const { table, orderBy, page } = query;
  const parameters = createParameters();
  const where = query.conditions.map((condition) => condition(parameters)).filter((text) => text !== undefined);
  if (page.after !== undefined) {
    const { at, id } = page.after;
    where.push(`(${table}.${orderBy}, ${table}.id) < (${parameters.add(at)}::timestamptz, ${parameters.add(id)})`);
  }
  const text = `select ${query.select} from ${table} ${where.length > 0 ? `where ${where.join(" and ")}` : ""}
    order by ${table}.${orderBy} desc, ${table}.id desc limit ${parameters.add(page.limit)}`;
  return tx.query<Row>(text, parameters.values);
}
