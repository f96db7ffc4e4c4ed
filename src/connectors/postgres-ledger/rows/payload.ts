import type { RawPayload } from "../../../connector-api/messages.ts";
import { type ColumnValue, NOT_SENT } from "../../../protocols/postgres-cdc/pgoutput/relation.ts";

/** A row as the database sent it: columns that it did not send are left out. */
export type SentRow = Readonly<Record<string, string | null>>;

/** Returns a row with the names of its columns. */
export function sentRow(columns: readonly string[], values: readonly ColumnValue[]): SentRow {
  const sent = columns.flatMap((name, index) => {
    const value = values[index];
    return value === undefined || value === NOT_SENT ? [] : [[name, value] as const];
  });
  return Object.fromEntries(sent);
}

/** Returns rows of one table as bytes; each is at `/rows/INDEX`. */
export function payloadOf(table: string, rows: readonly SentRow[]): RawPayload {
  return { bytes: Buffer.from(JSON.stringify({ table, rows })), mediaType: "application/json" };
}
