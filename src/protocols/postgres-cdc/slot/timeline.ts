import type pg from "pg";
import { z } from "zod";
import type { TextRow } from "../database/connection.ts";
import { type Lsn, parseLsn } from "../database/lsn.ts";

const history = z.object({ content: z.string() });

/** A line of a history file: number of a timeline, and where the next one began. */
const LINE = /^\s*(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/i;

/**
 * Returns where the server's history left an earlier timeline; undefined if that one is none of its ancestors.
 * @param client a replication connection
 * @throws the error of `pg`
 */
export async function readSwitchPoint(client: pg.Client, current: number, earlier: number): Promise<Lsn | undefined> {
  if (current <= 1) return undefined; // the first timeline has no history
  const { rows } = await client.query<TextRow>(`TIMELINE_HISTORY ${current}`);
  const { content } = history.parse(rows[0]);
  for (const line of content.split("\n")) {
    const [, timeline, switchPoint] = LINE.exec(line) ?? [];
    if (switchPoint !== undefined && Number(timeline) === earlier) return parseLsn(switchPoint);
  }
  return undefined;
}
