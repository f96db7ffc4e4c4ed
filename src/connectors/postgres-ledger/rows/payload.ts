import type { RawPayload } from "../../../connector-api/messages.ts";
import { type ColumnValue, NOT_SENT } from "../../../protocols/postgres-cdc/pgoutput/relation.ts";

/** Returns rows of one table as bytes; each is at `/rows/INDEX`. Values that the database did not send are left out. */
export function payloadOf(
  table: string,
  columns: readonly string[],
  rows: readonly (readonly ColumnValue[])[],
): RawPayload {
  const keys = columns.map((name) => `${JSON.stringify(name)}:`);
  const texts = rows.map((values) => rowText(keys, values));
  const text = `{"table":${JSON.stringify(table)},"rows":[${texts.join(",")}]}`;
  return { bytes: Buffer.from(text), mediaType: "application/json" };
}

/** The text is made without an object for each row: there is one row for each change of the table. */
function rowText(keys: readonly string[], values: readonly ColumnValue[]): string {
  const members: string[] = [];
  for (let index = 0; index < keys.length; index += 1) {
    const value = values[index];
    if (value === undefined || value === NOT_SENT) continue;
    members.push(keys[index] ?? "", value === null ? "null" : JSON.stringify(value), ",");
  }
  members.pop();
  return `{${members.join("")}}`;
}
