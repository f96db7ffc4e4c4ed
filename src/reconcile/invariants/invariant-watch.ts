import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import { pauseUnlessAborted } from "../../runtime/abort.ts";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import { restAfter } from "../../runtime/rest-after.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { checkChanges } from "./check-changes.ts";
import { findTenantsToCheck } from "./tenants-to-check.ts";

export interface InvariantWatchOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly random: () => number;
  readonly wakeUps: Pick<WakeUps, "refetchNeeded">;
  /** Called when a violated rule has opened a finding of this kind. */
  readonly onConfirmed?: (kind: string) => void;
  /** Pause between rounds. Default: 30 s. */
  readonly everyMs?: number;
  /** Minimum duration of a breach before it opens a finding. Default: one minute. */
  readonly confirmAfterMs?: number;
}

const EVERY_MS = 30_000;
const CONFIRM_AFTER_MS = 60_000;
/**
 * Pause between two rounds while there is more to check: during a first read the checks must not compete with the
 * reading.
 */
const CATCH_UP_PAUSE_MS = 1_000;

/**
 * Checks in the background, tenant by tenant, the rules over the objects that have changed. Tenants without a change and
 * without a violation cost nothing.
 */
export function startInvariantWatch(options: InvariantWatchOptions): Loop {
  const { db, log, random, everyMs = EVERY_MS, confirmAfterMs = CONFIRM_AFTER_MS } = options;
  const { sources } = options;
  async function checkTenant(tenantId: string): Promise<boolean> {
    const { hasMore, confirmed, refetchSourceIds } = await checkChanges({ db, tenantId, sources, confirmAfterMs });
    for (const { invariant, subjectId, sourceId } of confirmed) {
      log.warn({ sourceId, subjectId, kind: invariant.kind }, `an invariant is violated: ${invariant.rule}`);
      options.onConfirmed?.(invariant.kind);
    }
    for (const id of refetchSourceIds) options.wakeUps.refetchNeeded({ id, tenantId });
    return hasMore;
  }
  const loop = createLoop({
    pollMs: everyMs,
    random,
    async round(signal) {
      let hasMore = false;
      const startedMs = performance.now();
      const tenants = await findTenantsToCheck(db);
      for (const tenantId of tenants) {
        if (signal.aborted) break;
        try {
          hasMore = (await checkTenant(tenantId)) || hasMore;
        } catch (err) {
          log.warn({ err, tenantId }, "the invariants of a tenant could not be checked");
        }
      }
      const restMs = restAfter(performance.now() - startedMs, tenants.length);
      await pauseUnlessAborted(Math.max(restMs, hasMore ? CATCH_UP_PAUSE_MS : 0), signal);
      return hasMore;
    },
    onError: (err) => log.warn({ err }, "invariants could not be checked"),
  });
  loop.start();
  return loop;
}
