import { randomUUID } from "node:crypto";
import { lockGap, reportGapRepair } from "../ingest/feeds/feed-gap.ts";
import { createRefetcher, type Refetcher } from "../ingest/refetch/refetcher.ts";
import type { Part } from "../runtime/parts.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly sources: SourceRegistry;
}

/** Fetches objects again whose state only the upstream can tell. Idle until the service listens. */
export const part: Part<Needs, { readonly refetcher: Refetcher }> = {
  name: "refetcher",
  start: ({ dbFor, sources, log, wakeUps }) => ({
    refetcher: createRefetcher({
      db: dbFor("refetches"),
      sources,
      log,
      wakeUps,
      owner: randomUUID(),
      random: Math.random,
      missing: { lock: lockGap, report: reportGapRepair },
    }),
  }),
  close: ({ refetcher }) => refetcher.close(PART_DRAIN_MS),
};
