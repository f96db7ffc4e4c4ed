import type { Logger } from "pino";
import { pauseUnlessAborted } from "../../runtime/abort.ts";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import { restAfter } from "../../runtime/rest-after.ts";
import type { Database } from "../../store/database.ts";
import type { FileRoutes } from "./file-routes.ts";
import { matchChanges } from "./match-changes.ts";
import { findTenantsToMatch } from "./tenants-to-match.ts";

export interface MatchWatchOptions {
  readonly db: Database;
  readonly fileRoutes: Pick<FileRoutes, "publish">;
  readonly log: Logger;
  readonly random: () => number;
  /** Epoch milliseconds. Default: the clock of the process. */
  readonly now?: () => number;
  /** Pause between rounds. Default: 2 s. */
  readonly everyMs?: number;
}

const EVERY_MS = 2_000;
/** Pause between two steps of a tenant that has more to match: they must not compete with its reading. */
const CATCH_UP_PAUSE_MS = 50;

/**
 * Matches in the background, tenant by tenant, the payouts and bank transactions that have changed. Tenants without a
 * change cost nothing.
 */
export function startMatchWatch(options: MatchWatchOptions): Loop {
  const { db, fileRoutes, log, random, now = Date.now, everyMs = EVERY_MS } = options;
  const loop = createLoop({
    pollMs: everyMs,
    random,
    async round(signal) {
      await fileRoutes.publish();
      let hasMore = false;
      const startedMs = performance.now();
      const tenants = await findTenantsToMatch(db, now());
      for (const tenantId of tenants) {
        if (signal.aborted) break;
        try {
          hasMore = (await matchChanges({ db, tenantId, now })) || hasMore;
        } catch (err) {
          log.warn({ err, tenantId }, "the payouts of a tenant could not be matched");
        }
      }
      const restMs = restAfter(performance.now() - startedMs, tenants.length);
      await pauseUnlessAborted(Math.max(restMs, hasMore ? CATCH_UP_PAUSE_MS : 0), signal);
      return hasMore;
    },
    onError: (err) => log.warn({ err }, "payouts could not be matched"),
  });
  loop.start();
  return loop;
}
