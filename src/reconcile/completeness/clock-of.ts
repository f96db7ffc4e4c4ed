import type { Transaction } from "../../store/database.ts";

/** Returns the time of the database's clock, by which rows are dated, in RFC 3339 with microseconds. */
export async function clockOf(tx: Transaction): Promise<string> {
  const [row] = await tx.query<{ now: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
  );
  return row?.now ?? "";
}
