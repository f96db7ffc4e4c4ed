import type { DomainRecord } from "../../domain/entities.ts";
import type { EntityType } from "../../domain/ids.ts";
import type { Money } from "../../domain/money.ts";
import { documentText } from "../document.ts";

/** Derives the id of another object of the same tenant and source. */
export type IdOf = (type: EntityType, externalId: string) => string;

/** A column of an entity's table: how it is written, and by its types how it is read. */
export interface Column<Entity, Name extends string = string, Value = unknown> {
  readonly name: Name;
  readonly type: "text" | "bigint" | "smallint" | "integer" | "numeric" | "boolean" | "jsonb" | "timestamptz" | "date";
  /**
   * True for a value that differs at every observation, such as a balance's time: written, but not a change by itself.
   */
  readonly volatile?: true;
  /**
   * True for a column that was added after objects were stored without it: while it has no value it is left out of the
   * hash, so that those objects do not count as changed when they are observed again.
   */
  readonly added?: true;
  /** Value in PostgreSQL's text form; null if the upstream does not give one. */
  readonly value: (record: Entity, idOf: IdOf) => string | null;
  /** Never set: carries the type with which the column is read, from which the row types derive. */
  readonly read?: Value;
}

export type RecordOf<Type extends EntityType> = Extract<DomainRecord, { readonly type: Type }>;

type Given<Value> = Exclude<Value, undefined>;
type Options = Pick<Column<never>, "volatile" | "added">;

/** Builds the columns of one kind of record. */
export interface ColumnsOf<E> {
  text<N extends string, V extends string | undefined>(
    name: N,
    pick: (record: E) => V,
    options?: Options,
  ): Column<E, N, Given<V>>;
  /** Id of another object, which may not be stored. */
  link<N extends string>(
    name: N,
    type: EntityType | ((record: E) => EntityType | undefined),
    pick: (record: E) => string | undefined,
  ): Column<E, N, string>;
  minor<N extends string>(name: N, pick: (record: E) => bigint): Column<E, N, bigint>;
  /** Amount with more digits than a bigint of PostgreSQL may have. */
  wideMinor<N extends string>(name: N, pick: (record: E) => bigint): Column<E, N, bigint>;
  exponent(pick: (record: E) => number): Column<E, "exponent", number>;
  json<N extends string, V>(name: N, pick: (record: E) => V, options?: Options): Column<E, N, Given<V>>;
  /** JSON has no bigint: amounts within a document are text of their minor units, see document.ts. */
  document<N extends string, V>(name: N, pick: (record: E) => V): Column<E, N, Given<V>>;
  instant<N extends string>(name: N, pick: (record: E) => string | undefined, options?: Options): Column<E, N, string>;
  day<N extends string>(name: N, pick: (record: E) => string | undefined): Column<E, N, string>;
  flag<N extends string>(name: N, pick: (record: E) => boolean | undefined): Column<E, N, boolean>;
  count<N extends string>(name: N, pick: (record: E) => number): Column<E, N, number>;
}

const orNull = (value: string | undefined): string | null => value ?? null;
const flagText = (value: boolean | undefined): string | null => (value === undefined ? null : String(value));

/** The same functions build the columns of every kind. */
function columnsOf<E>(): ColumnsOf<E> {
  return {
    text: (name, pick, options) => ({ name, type: "text", value: (record) => orNull(pick(record)), ...options }),
    link: (name, type, pick) => ({
      name,
      type: "text",
      value(record, idOf) {
        const [target, externalId] = [typeof type === "function" ? type(record) : type, pick(record)];
        return target === undefined || externalId === undefined ? null : idOf(target, externalId);
      },
    }),
    minor: (name, pick) => ({ name, type: "bigint", value: (record) => pick(record).toString() }),
    wideMinor: (name, pick) => ({ name, type: "numeric", value: (record) => pick(record).toString() }),
    exponent: (pick) => ({ name: "exponent", type: "smallint", value: (record) => pick(record).toString() }),
    json: (name, pick, options) => ({
      name,
      type: "jsonb",
      value(record) {
        const value = pick(record);
        return value === undefined ? null : JSON.stringify(value);
      },
      ...options,
    }),
    document: (name, pick) => ({
      name,
      type: "jsonb",
      value(record) {
        const value = pick(record);
        return value === undefined ? null : documentText(value);
      },
    }),
    instant: (name, pick, options) => ({
      name,
      type: "timestamptz",
      value: (record) => orNull(pick(record)),
      ...options,
    }),
    day: (name, pick) => ({ name, type: "date", value: (record) => orNull(pick(record)) }),
    flag: (name, pick) => ({ name, type: "boolean", value: (record) => flagText(pick(record)) }),
    count: (name, pick) => ({ name, type: "integer", value: (record) => pick(record).toString() }),
  };
}

/** Columns of a status: in our terms, and as the upstream wrote it. */
export function statusOf<E extends { readonly status: string | undefined; readonly rawStatus: string }>() {
  const { text } = columnsOf<E>();
  return [text("status", (r): E["status"] => r.status), text("raw_status", (r) => r.rawStatus)] as const;
}

/** Columns of an amount; its currency and exponent also apply to the record's other amounts. */
export function amountOf<E extends { readonly amount: Money }>() {
  const { minor, text, exponent } = columnsOf<E>();
  return [
    minor("amount_minor", (r) => r.amount.minor),
    text("currency", (r) => r.amount.currency),
    exponent((r) => r.amount.exponent),
  ] as const;
}

export interface EntityTable<Entity, Columns extends readonly Column<Entity>[] = readonly Column<Entity>[]> {
  readonly table: string;
  readonly columns: Columns;
  /** Columns of text that statements of their own write, because no record contains their value. */
  readonly derived: readonly string[];
}

/** Defines the table of one kind of record. */
export function defineTable<
  Type extends EntityType,
  const Columns extends readonly Column<RecordOf<Type>>[],
  const Derived extends readonly string[] = readonly [],
>(
  _type: Type,
  table: string,
  build: (columns: ColumnsOf<RecordOf<Type>>) => Columns,
  ...derived: Derived
): EntityTable<RecordOf<Type>, Columns> & { readonly derived: Derived } {
  return { table, columns: build(columnsOf()), derived };
}
