import type { Logger } from "pino";
import type { Database } from "../../../store/database.ts";
import type { Source } from "../../../sources/source.ts";
import { takesWebhooks } from "../../../sources/takes-webhooks.ts";
import { createLoop, type Loop } from "../../../runtime/loop.ts";
import { checkWebhookHealth } from "./check-webhook-health.ts";

export interface WebhookWatchOptions {
  readonly db: Database;
  readonly sources: Iterable<Source>;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** Interval between checks. Default: 30 s. */
  readonly everyMs?: number | undefined;
  /** Called when deliveries have stopped arriving: a run was started, and polls must become more frequent. */
  readonly onSilent: (source: Source) => void;
}

/** Much shorter than any silence that is reported; each check is three or four short SQL statements. */
const EVERY_MS = 30_000;

/** Periodically evaluates the deliveries of all sources that accept any, one after the other. */
export function startWebhookWatch({ sources, everyMs = EVERY_MS, onSilent, ...options }: WebhookWatchOptions): Loop {
  const { db, log, nowMs, random } = options;
  const watched = [...sources].filter(takesWebhooks);
  const loop = createLoop({
    pollMs: everyMs,
    random,
    async round(signal) {
      for (const source of watched) {
        if (signal.aborted) break;
        await checkWebhookHealth(db, source, nowMs()).then(
          (opened) => opened && onSilent(source),
          (err: unknown) =>
            log.warn({ err, sourceId: source.id }, "the webhook health of a source could not be checked"),
        );
      }
      return false;
    },
    onError: (err) => log.warn({ err }, "webhook health could not be checked"),
  });
  if (watched.length > 0) loop.start();
  return loop;
}
