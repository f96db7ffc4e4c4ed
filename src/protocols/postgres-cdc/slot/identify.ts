import type pg from "pg";
import { z } from "zod";
import type { TextRow } from "../database/connection.ts";
import { type Lsn, parseLsn } from "../database/lsn.ts";

/** The cluster behind a connection. */
export interface ServerIdentity {
  readonly systemId: string;
  readonly timeline: number;
  /** End of the flushed log. */
  readonly flushedTo: Lsn;
}

const identity = z.object({ systemid: z.string(), timeline: z.coerce.number().int(), xlogpos: z.string() });

/** @param client a replication connection */
export async function identifyServer(client: pg.Client): Promise<ServerIdentity> {
  const { rows } = await client.query<TextRow>("IDENTIFY_SYSTEM");
  const { systemid, timeline, xlogpos } = identity.parse(rows[0]);
  return { systemId: systemid, timeline, flushedTo: parseLsn(xlogpos) };
}
