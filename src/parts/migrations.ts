import type { Part } from "../runtime/parts.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import { makeDeliveryPartitions } from "../ingest/webhooks/delivery-bodies/make-partitions.ts";
import { migrateWhenReachable } from "../store/migrate.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly connection: ConnectionSettings;
}

/** The schema of the database, in this version's form. */
export const part: Part<Needs, { readonly migrations: readonly string[] }> = {
  name: "migrations",
  async start({ connection, log, stopping }) {
    const migrations = await migrateWhenReachable(connection, {
      signal: stopping,
      onWait: (sentence) => log.warn(sentence),
    });
    if (migrations.length > 0) log.info({ migrations }, "migrations applied");
    stopping.throwIfAborted();
    // Bodies are stored even without these partitions, and the nightly run tries again.
    await makeDeliveryPartitions({ connection }).catch((err: unknown) =>
      log.warn({ err }, "partitions of webhook bodies could not be created"),
    );
    return { migrations };
  },
  describe: ({ migrations }) =>
    migrations.length === 0 ? "database schema up to date" : `database schema: ${migrations.length} migrations applied`,
};
