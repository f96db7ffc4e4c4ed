import { cutTrail } from "../audit/cut-trail.ts";
import type { SigningKey } from "../audit/signing-key.ts";
import type { Files } from "../ingest/files/files.ts";
import { takeArrivals } from "../ingest/files/take-arrival.ts";
import { openSyncEngine, type SyncEngine } from "../ingest/polling/engine.ts";
import { createCompareStream } from "../reconcile/completeness/compare-stream.ts";
import { startScheduledComparisons } from "../reconcile/completeness/scheduled-comparisons.ts";
import { checkEverything } from "../reconcile/invariants/check-everything.ts";
import type { Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { Semaphore } from "../runtime/semaphore.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { createPeriodicJobs, type PeriodicJob } from "../store/periodic-jobs.ts";
import { dropOldBodies } from "../ingest/webhooks/delivery-bodies/drop-old.ts";
import { makeDeliveryPartitions } from "../ingest/webhooks/delivery-bodies/make-partitions.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";
import { applyRetention } from "./retention.ts";

interface Needs extends Base {
  readonly connection: ConnectionSettings;
  readonly maintenance: Semaphore;
  readonly dbFor: DatabaseFor;
  readonly sources: SourceRegistry;
  readonly files: Files;
  readonly signingKey: SigningKey;
  readonly tenants: ServedTenants;
}

interface Polling {
  readonly engine: SyncEngine;
  readonly jobs: Loop;
  readonly comparisons: Loop;
}

/** Reads the sources by their schedule and on request, and deletes old rows every hour, and maintains the store once a night. */
export const part: Part<Needs, Polling> = {
  name: "polling",
  start(needs) {
    const { config, dbFor, sources, files, log, wakeUps } = needs;
    const engine = openSyncEngine({
      db: dbFor("polling"),
      batchDb: dbFor("batches"),
      requestDb: dbFor("polling", "awaited"),
      sources,
      log,
      takeFile: takeArrivals(files, log),
      compareStream: createCompareStream({ wakeUps }),
      wakeUps,
      polls: true,
    });
    const jobs = createPeriodicJobs({ db: dbFor("housekeeping"), jobs: jobsOf(needs), log, random: Math.random });
    jobs.start();
    const comparisons = startScheduledComparisons({
      db: dbFor("polling"),
      sources,
      log,
      wakeUps,
      nowMs: Date.now,
      random: Math.random,
      ...config.reconcile,
    });
    return { engine, jobs, comparisons };
  },
  async close({ engine, jobs, comparisons }) {
    await Promise.all([engine.close(), jobs.close(PART_DRAIN_MS), comparisons.close(PART_DRAIN_MS)]);
  },
};

/** The deletion of old rows begins soon after a start too, for a process that never runs for an hour. */
function jobsOf(needs: Needs): readonly PeriodicJob[] {
  const { config, dbFor, stopping } = needs;
  return [
    {
      name: "delete-old-rows",
      first: "now() + interval '1 minute'",
      next: "now() + interval '1 hour'",
      run: () =>
        applyRetention({
          ...needs,
          tenants: needs.tenants.ids,
          db: dbFor("retention"),
          days: config.retentionDays,
          signal: stopping,
        }),
    },
    { name: "housekeeping", first: NEXT_NIGHT, next: NEXT_NIGHT, run: () => housekeep(needs) },
  ];
}

const NEXT_NIGHT = "date_trunc('day', now()) + interval '1 day 3 hours 17 minutes'";

async function housekeep(needs: Needs): Promise<void> {
  const { connection, maintenance, dbFor, config, stopping, tenants, signingKey: key } = needs;
  const db = dbFor("housekeeping");
  for (const tenantId of tenants.ids) {
    await checkEverything({ db, tenantId }, stopping);
    await cutTrail({ db, tenantId, key, days: config.retentionDays.audit, signal: stopping });
  }
  await maintenance.run(() => makeDeliveryPartitions({ connection }));
  const retentionDays = config.retentionDays.deliveries;
  await maintenance.run(() => dropOldBodies({ connection, retentionDays, signal: stopping }));
}
