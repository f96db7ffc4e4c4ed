import type { AmountSpec, AnyTable, ColumnOrValue, Mapped, StreamName, TableOf, Tables, TimeSpec } from "./tables.ts";

/** What a column is used for, which decides its possible types. */
export type Use =
  | "key"
  | "text"
  | "day"
  | Exclude<TimeSpec["as"], "epochSeconds" | "epochMillis">
  | "epoch"
  | AmountSpec["as"];

/** A column that the settings name. */
export interface NamedColumn {
  /** Path below the table's settings: `amount.column`. */
  readonly path: string;
  readonly column: string;
  readonly use: Use;
}

/** Returns every column that the settings of a stream name. */
export function columnsOf<Name extends StreamName>(stream: Name, tables: Tables): readonly NamedColumn[] {
  const table = tables[stream];
  if (table === undefined) return [];
  const { id } = table as AnyTable;
  return [
    ...id.map((column, index): NamedColumn => ({ path: id.length === 1 ? "id" : `id[${index}]`, column, use: "key" })),
    ...(NAMED[stream] as (table: TableOf<StreamName>) => readonly NamedColumn[])(table), // the table of the same stream
  ];
}

const NAMED: { readonly [Name in StreamName]: (table: TableOf<Name>) => readonly NamedColumn[] } = {
  accounts: (table) => [
    ...text(table, ["name", "owner", "number", "iban"]),
    ...known("currency", table.currency),
    ...known("ownership", table.ownership),
    ...time("createdAt", table.createdAt),
    ...table.balances.flatMap(({ amount: of, asOf }, index) => [
      ...amount(`balances[${index}].amount`, of),
      ...time(`balances[${index}].asOf`, asOf),
    ]),
  ],
  balances: (table) => [
    ...text(table, ["account"]),
    ...known("kind", table.kind),
    ...known("currency", table.currency),
    ...amount("amount", table.amount),
    ...time("asOf", table.asOf),
  ],
  ledgerEntries: (table) => [
    ...text(table, ["account", "description"]),
    ...known("kind", table.kind),
    ...known("currency", table.currency),
    ...amount("amount", table.amount),
    ...amount("fee", table.fee),
    ...time("createdAt", table.createdAt),
    ...time("availableOn", table.availableOn),
  ],
  bankTransactions: (table) => [
    ...text(table, ["account", "description", "counterparty", "reference"]),
    ...known("status", table.status),
    ...known("currency", table.currency),
    ...amount("amount", table.amount),
    ...time("createdAt", table.createdAt),
    ...day("bookedOn", table.bookedOn),
    ...day("valuedOn", table.valuedOn),
  ],
  payments: (table) => [
    ...text(table, ["method", "description", "reference"]),
    ...known("kind", table.kind),
    ...known("status", table.status),
    ...known("currency", table.currency),
    ...amount("amount", table.amount),
    ...amount("captured", table.captured),
    ...time("createdAt", table.createdAt),
  ],
};

function text<Table extends object>(table: Table, names: readonly (keyof Table & string)[]): readonly NamedColumn[] {
  return names.flatMap((path) => {
    const column = table[path];
    return typeof column === "string" ? [{ path, column, use: "text" as const }] : [];
  });
}

function day(path: string, column: string | undefined): readonly NamedColumn[] {
  return column === undefined ? [] : [{ path, column, use: "day" }];
}

function known(path: string, spec: ColumnOrValue | Mapped<string> | undefined): readonly NamedColumn[] {
  if (spec === undefined || !("column" in spec)) return [];
  return [{ path: "map" in spec ? `${path}.column` : path, column: spec.column, use: "text" }];
}

function time(path: string, spec: TimeSpec | undefined): readonly NamedColumn[] {
  if (spec === undefined) return [];
  const { column, as } = spec;
  return [{ path: `${path}.column`, column, use: as === "epochSeconds" || as === "epochMillis" ? "epoch" : as }];
}

function amount(path: string, spec: AmountSpec | undefined): readonly NamedColumn[] {
  if (spec === undefined) return [];
  const { column, as, sign } = spec;
  const mark: readonly NamedColumn[] =
    typeof sign === "string" ? [] : [{ path: `${path}.sign.column`, column: sign.column, use: "text" }];
  return [{ path: `${path}.column`, column, use: as }, ...mark];
}
