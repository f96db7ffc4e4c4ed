import { createInbox, type Inbox } from "../ingest/webhooks/inbox.ts";
import type { Part } from "../runtime/parts.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { FileSources } from "../sources/file-sources.ts";
import type { Database } from "../store/database.ts";
import type { Series } from "../statistics/series.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly inboxDb: Database;
  readonly sources: SourceRegistry;
  readonly fileSources: FileSources;
  readonly series: Series;
}

/** Accepts and applies webhooks. Nothing is applied until the service listens. */
export const part: Part<Needs, { readonly inbox: Inbox }> = {
  name: "inbox",
  start: ({ dbFor, inboxDb, sources, fileSources, series, log, wakeUps }) => ({
    inbox: createInbox({
      db: dbFor("webhooks", "awaited"),
      commitDb: inboxDb,
      sources,
      configured: () => fileSources.sources,
      log,
      wakeUps,
      now: Date.now,
      random: Math.random,
      onApplied({ tenantId, id }, agesMs) {
        for (const ageMs of agesMs) series.add(tenantId, id, "DELIVERY_AGE_MS", ageMs);
      },
    }),
  }),
  close: ({ inbox }) => inbox.close(PART_DRAIN_MS),
};
