import type { Logger } from "pino";
import { pauseUnlessAborted } from "../runtime/abort.ts";
import { createLoop, type Loop } from "../runtime/loop.ts";
import { restAfter } from "../runtime/rest-after.ts";
import type { ServedTenants } from "../runtime/served-tenants.ts";
import type { Database } from "../store/database.ts";
import { HEALTH_BATCH } from "./find-health.ts";
import { claimDueTenants, type DueTenant, registerTenants } from "./health-schedule.ts";
import { countEvents } from "../statistics/write-series.ts";
import { recordHealth } from "./record-health.ts";
import { findSourcesToEvaluate } from "./sources-to-evaluate.ts";

export interface HealthWatchOptions {
  readonly db: Database;
  readonly tenants: Pick<ServedTenants, "ids">;
  readonly log: Logger;
  readonly random: () => number;
  /** Shortest time between two evaluations of a tenant. Default: 10 s. */
  readonly everyMs?: number;
  /** Time between two evaluations of all sources of a tenant. Default: 5 minutes. */
  readonly completeMs?: number;
}

const EVERY_MS = 10_000;
const COMPLETE_MS = 300_000;
/** Tenants of one round: a thousand that are idle take four transactions a second. */
const MAX_TENANTS = 50;

/**
 * Evaluates in the background the health of the sources to which something has happened, tenant by tenant, and of all of
 * them every few minutes. One of several processes evaluates a tenant at a time. Tenants that are idle cost a
 * transaction every five minutes for each 200 sources.
 */
export function startHealthWatch(options: HealthWatchOptions): Loop {
  const { db, tenants, log, random, everyMs = EVERY_MS, completeMs = COMPLETE_MS } = options;
  let registered: readonly string[] = [];
  const loop = createLoop({
    pollMs: everyMs / 2,
    random,
    async round(signal) {
      const { ids } = tenants;
      if (registered !== ids) await registerTenants(db, ids);
      registered = ids;
      const startedMs = performance.now();
      const due = await claimDueTenants(db, { limit: MAX_TENANTS, everyMs, completeMs });
      for (const tenant of due) {
        if (signal.aborted) break;
        await evaluateTenant(db, tenant, signal).catch((err: unknown) =>
          log.warn({ err, tenantId: tenant.tenantId }, "the health of a tenant's sources could not be evaluated"),
        );
      }
      await pauseUnlessAborted(restAfter(performance.now() - startedMs, due.length), signal);
      return due.length === MAX_TENANTS;
    },
    onError: (err) => log.warn({ err }, "the health of sources could not be evaluated"),
  });
  loop.start();
  return loop;
}

/**
 * Evaluates the sources of a tenant that are due, each batch in a transaction of its own, and counts the events since the
 * last time.
 */
export async function evaluateTenant(db: Database, tenant: DueTenant, signal: AbortSignal): Promise<void> {
  const { tenantId, after, through } = tenant;
  if (through > after) await db.transaction(tenantId, (tx) => countEvents(tx, after, through));
  for (let afterId: string | undefined = ""; afterId !== undefined && !signal.aborted;) {
    const begin: string = afterId;
    afterId = await db.transaction(tenant.tenantId, async (tx) => {
      const ids = await findSourcesToEvaluate(tx, tenant, begin, HEALTH_BATCH);
      if (ids.length > 0) await recordHealth(tx, ids);
      return ids.length < HEALTH_BATCH ? undefined : ids.at(-1);
    });
  }
}
