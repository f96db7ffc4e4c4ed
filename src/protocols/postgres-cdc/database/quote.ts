import pg from "pg";

/** Returns a name as it is written in SQL and in the replication protocol. */
export function quoteIdentifier(name: string): string {
  return pg.escapeIdentifier(name);
}

/** Returns a text as it is written in commands of the replication protocol, which take no parameters. */
export function quoteLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
