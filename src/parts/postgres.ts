import type { Part } from "../runtime/parts.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../store/embedded/embedded-postgres.ts";
import type { Base } from "./base.ts";

interface Postgres {
  readonly connection: ConnectionSettings;
  /** Undefined: DATABASE_URL names a server that is not ours. */
  readonly embedded: EmbeddedPostgres | undefined;
}

/** The PostgreSQL of DATABASE_URL, or the embedded one, which is started if no other process has done so. */
export const part: Part<Base, Postgres> = {
  name: "PostgreSQL",
  async start({ config, log, stopping }) {
    if (config.databaseUrl !== undefined)
      return { connection: { connectionString: config.databaseUrl }, embedded: undefined };
    const { dataDir } = config;
    const embedded = await openEmbeddedPostgres({ dataDir, signal: stopping, onLog: (line) => log.info(line) });
    return { connection: embedded.connection, embedded };
  },
  close: async ({ embedded }) => embedded?.close(),
  describe: ({ embedded }) =>
    embedded === undefined
      ? "PostgreSQL of DATABASE_URL"
      : `PostgreSQL ${embedded.version}, embedded, ${embedded.reused ? "found running" : "started"}`,
};
