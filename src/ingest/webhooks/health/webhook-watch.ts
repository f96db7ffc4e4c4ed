import type { Logger } from "pino";
import type { Database } from "../../../store/database.ts";
import { claimDueChecks } from "../../../sources/check-schedule.ts";
import type { SourceRegistry } from "../../../sources/source-registry.ts";
import type { Source } from "../../../sources/source.ts";
import { takesWebhooks } from "../../../sources/takes-webhooks.ts";
import { createLoop, type Loop } from "../../../runtime/loop.ts";
import { checkWebhookHealth } from "./check-webhook-health.ts";

export interface WebhookWatchOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** Shortest interval between two checks of a source. Default: 30 s. */
  readonly everyMs?: number | undefined;
  /** Called when deliveries have stopped arriving: a run was started. */
  readonly onSilent: (source: Source) => void;
}

/** Much shorter than any silence that is reported. */
const EVERY_MS = 30_000;
/** Each check is three or four short SQL statements. */
const MAX_BATCH = 100;

/** Evaluates the deliveries of the sources that have received any, when their checks are due. */
export function startWebhookWatch({ sources, everyMs = EVERY_MS, onSilent, ...options }: WebhookWatchOptions): Loop {
  const { db, log, nowMs, random } = options;
  const loop = createLoop({
    pollMs: everyMs / 3,
    random,
    async round(signal) {
      const due = await claimDueChecks(db, MAX_BATCH, everyMs);
      for (const sourceId of due) {
        if (signal.aborted) break;
        const source = await sources.find(sourceId);
        if (source === undefined || !takesWebhooks(source)) continue;
        await checkWebhookHealth(db, source, nowMs()).then(
          (opened) => opened && onSilent(source),
          (err: unknown) => log.warn({ err, sourceId }, "the webhook health of a source could not be checked"),
        );
      }
      return due.length === MAX_BATCH;
    },
    onError: (err) => log.warn({ err }, "webhook health could not be checked"),
  });
  loop.start();
  return loop;
}
