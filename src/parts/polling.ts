import type { Files } from "../ingest/files/files.ts";
import { takeArrivals } from "../ingest/files/take-arrival.ts";
import { openSyncEngine, type SyncEngine } from "../ingest/polling/engine.ts";
import { checkEverything } from "../reconcile/invariants/check-everything.ts";
import type { Part } from "../runtime/parts.ts";
import type { Source } from "../sources/source.ts";
import type { Semaphore } from "../runtime/semaphore.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import type { ConnectionShares } from "../store/connection-shares.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { dropOldBodies } from "../ingest/webhooks/delivery-bodies/drop-old.ts";
import { makeDeliveryPartitions } from "../ingest/webhooks/delivery-bodies/make-partitions.ts";
import type { Base } from "./base.ts";
import { applyRetention } from "./retention.ts";

interface Needs extends Base {
  readonly connection: ConnectionSettings;
  readonly shares: ConnectionShares;
  readonly maintenance: Semaphore;
  readonly dbFor: DatabaseFor;
  readonly sources: ReadonlyMap<string, Source>;
  readonly files: Files;
}

/** Reads the sources by their schedule and on request, and deletes old rows every hour, and maintains the store once a night. */
export const part: Part<Needs, { readonly engine: SyncEngine }> = {
  name: "polling",
  async start(needs) {
    const { connection, shares, dbFor, sources, files, log, wakeUps } = needs;
    const engine = await openSyncEngine({
      db: dbFor("polling"),
      batchDb: dbFor("batches"),
      sources,
      log,
      takeFile: takeArrivals(files, log),
      wakeUps,
      schedule: {
        connection,
        connections: shares.schedule,
        housekeeping: () => housekeep(needs),
        deleteOldRows: () =>
          applyRetention({
            ...needs,
            ...needs.config,
            db: dbFor("retention"),
            days: needs.config.retentionDays,
            signal: needs.stopping,
          }),
      },
    });
    return { engine };
  },
  close: ({ engine }) => engine.close(),
};

async function housekeep({ connection, maintenance, dbFor, config, stopping }: Needs): Promise<void> {
  const db = dbFor("housekeeping");
  for (const tenantId of config.tenants) {
    await checkEverything({ db, tenantId }, stopping);
  }
  await maintenance.run(() => makeDeliveryPartitions({ connection }));
  const retentionDays = config.retentionDays.deliveries;
  await maintenance.run(() => dropOldBodies({ connection, retentionDays, signal: stopping }));
}
