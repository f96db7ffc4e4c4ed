import { join } from "node:path";
import { connectors } from "../connectors/registry.generated.ts";
import { createFeeds, type Feeds } from "../ingest/feeds/feeds.ts";
import type { Part } from "../runtime/parts.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly sources: SourceRegistry;
}

/** Follows the change feeds of the sources. Idle until the service listens. */
export const part: Part<Needs, { readonly feeds: Feeds }> = {
  name: "change feeds",
  start: ({ dbFor, sources, config, log, wakeUps }) => ({
    feeds: createFeeds({
      db: dbFor("feeds"),
      changesDb: dbFor("changes", "awaited"),
      sources,
      connectors: Object.values(connectors),
      folder: join(config.dataDir, "feeds"),
      log,
      wakeUps,
      nowMs: Date.now,
      random: Math.random,
    }),
  }),
  close: ({ feeds }) => feeds.close(PART_DRAIN_MS),
};
