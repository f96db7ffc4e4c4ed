import type pg from "pg";
import { z } from "zod";
import type { TextRow } from "../database/connection.ts";
import { type Lsn, parseLsn } from "../database/lsn.ts";
import { quoteIdentifier } from "../database/quote.ts";

const created = z.object({ consistent_point: z.string() });

/**
 * Creates a permanent slot and returns where it begins. Waits for every transaction that is open on the server, which
 * the caller must report and be able to end.
 * @throws the error of `pg`
 */
export async function createSlot(client: pg.Client, name: string, serverVersion: number): Promise<Lsn> {
  const options = ["SNAPSHOT 'nothing'", ...(serverVersion >= FAILOVER_SINCE ? ["FAILOVER true"] : [])];
  const { rows } = await client.query<TextRow>(
    `CREATE_REPLICATION_SLOT ${quoteIdentifier(name)} LOGICAL pgoutput ${optionList(options, serverVersion)}`,
  );
  return parseLsn(created.parse(rows[0]).consistent_point);
}

/** `server_version_num` since which a slot can be synchronized to standbys. */
const FAILOVER_SINCE = 170_000;
/** Before it, the command takes its options without parentheses. */
const OPTION_LIST_SINCE = 150_000;

function optionList(options: readonly string[], serverVersion: number): string {
  return serverVersion >= OPTION_LIST_SINCE ? `(${options.join(", ")})` : "NOEXPORT_SNAPSHOT";
}

/** Drops a slot that nobody uses. @throws the error of `pg` */
export async function dropSlot(client: pg.Client, name: string): Promise<void> {
  await client.query(`DROP_REPLICATION_SLOT ${quoteIdentifier(name)}`);
}
