/** Columns that identify a row in updates and deletes. Source: PostgreSQL manual, "ALTER TABLE … REPLICA IDENTITY". */
export type ReplicaIdentity = "default" | "nothing" | "full" | "index";

export interface Column {
  readonly name: string;
  readonly typeOid: number;
  /** Schema and name of a type that is not built in: `public.mood`; undefined for a built-in one. */
  readonly typeName: string | undefined;
  /** Length, precision or the like; -1: none. */
  readonly typeModifier: number;
  /** True if the column belongs to the replica identity; with the identity `full` that is every column. */
  readonly isKey: boolean;
}

/** A table as it was when the changes that follow were made. A change of its columns makes a new one. */
export interface Relation {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly identity: ReplicaIdentity;
  readonly columns: readonly Column[];
}

/**
 * The server did not send the value. In a new row: a large value, stored outside the row, that the update did not
 * change; in an old row: a column outside the replica identity. Never the same as null.
 */
export const NOT_SENT: unique symbol = Symbol("not sent");

/** A value in PostgreSQL's text form, in UTF-8; null is SQL's null. */
export type ColumnValue = string | null | typeof NOT_SENT;

/** Values in the order of `Relation.columns`. */
export type Row = readonly ColumnValue[];

/** Returns the value of a column by name; undefined if the table does not have it. */
export function valueOf(relation: Relation, row: Row, column: string): ColumnValue | undefined {
  const index = relation.columns.findIndex(({ name }) => name === column);
  return index < 0 ? undefined : row[index];
}
