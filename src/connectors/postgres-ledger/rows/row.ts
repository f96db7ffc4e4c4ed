import { ServiceError } from "../../../domain/error.ts";
import { NOT_SENT, type ColumnValue } from "../../../protocols/postgres-cdc/pgoutput/relation.ts";

/** Values of one row, in PostgreSQL's text form. */
export interface TableRow {
  /** Null is SQL's null. @throws ValueProblem if the table has no such column; ValueNotSent if its value was not sent */
  valueOf(column: string): string | null;
}

/** A value that the mapping cannot use. */
export class ValueProblem extends ServiceError {
  readonly column: string;

  constructor(column: string, problem: string) {
    super("UPSTREAM_MALFORMED", `column ${column} ${problem}`);
    this.column = column;
  }
}

/** The value of a large column was not sent because the update did not change it: the row must be read. */
export class ValueNotSent extends Error {}

/** Returns a function that makes rows of the given columns: the place of each column is found once for all of them. */
export function rowsOf(columns: readonly string[]): (values: readonly ColumnValue[]) => TableRow {
  const places = new Map(columns.map((column, index) => [column, index]));
  return (values) => ({
    valueOf(column) {
      const place = places.get(column);
      const value = place === undefined ? undefined : values[place];
      if (value === undefined) throw new ValueProblem(column, "is not in the table");
      if (value === NOT_SENT) throw new ValueNotSent();
      return value;
    },
  });
}

/** Separates the columns of a key, and cannot occur in an encoded value. */
const SEPARATOR = "/";

/** Returns the external id of a row: its key, with columns separated by a slash. @throws ValueProblem */
export function externalIdOf(row: TableRow, key: readonly string[]): string {
  const values = key.map((column) => {
    const value = row.valueOf(column);
    if (value === null) throw new ValueProblem(column, "must not be null, because it is part of the id");
    return value;
  });
  return values.length === 1 ? (values[0] ?? "") : values.map(encodeURIComponent).join(SEPARATOR);
}

/** Returns the key of an external id; undefined for a text that is none of this table. */
export function keyOf(externalId: string, key: readonly string[]): readonly string[] | undefined {
  if (key.length === 1) return [externalId];
  const parts = externalId.split(SEPARATOR);
  try {
    return parts.length === key.length ? parts.map(decodeURIComponent) : undefined;
  } catch {
    return undefined;
  }
}
