import { formatLsn, type Lsn } from "../database/lsn.ts";
import { quoteIdentifier, quoteLiteral } from "../database/quote.ts";

export interface StartOptions {
  readonly slot: string;
  readonly publications: readonly string[];
  readonly startAt: Lsn;
}

/**
 * Returns the command that starts the stream. Large transactions are not streamed before their commit: the server keeps
 * them on its disk, so that here no transaction that may be rolled back has to be stored.
 * Source: PostgreSQL manual, "Logical Streaming Replication Parameters".
 */
export function startCommand({ slot, publications, startAt }: StartOptions): string {
  const names = quoteLiteral(publications.map(quoteIdentifier).join(","));
  const options = `proto_version '1', publication_names ${names}, messages 'true'`;
  return `START_REPLICATION SLOT ${quoteIdentifier(slot)} LOGICAL ${formatLsn(startAt)} (${options})`;
}
