import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../upstream/source.ts";
import { takesWebhooks } from "../../upstream/takes-webhooks.ts";
import { createLoop, type Loop } from "../../worker/loop.ts";
import { judgeWebhooks } from "./judge-webhooks.ts";

export interface WebhookWatchOptions {
  readonly db: Database;
  readonly sources: Iterable<Source>;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** Default: half a minute. */
  readonly everyMs?: number | undefined;
  /** Deliveries have stopped coming: a run was started, and polls are to come sooner. */
  readonly onSilent: (source: Source) => void;
}

/** Much shorter than any silence that counts; each look is three or four short statements. */
const EVERY_MS = 30_000;

/** Judges, now and then, the deliveries of all sources that take any, one after the other. */
export function startWebhookWatch({ sources, everyMs = EVERY_MS, onSilent, ...options }: WebhookWatchOptions): Loop {
  const { db, log, nowMs, random } = options;
  const watched = [...sources].filter(takesWebhooks);
  const loop = createLoop({
    pollMs: everyMs,
    random,
    async round(signal) {
      for (const source of watched) {
        if (signal.aborted) break;
        await judgeWebhooks(db, source, nowMs()).then(
          (opened) => opened && onSilent(source),
          (err: unknown) => log.warn({ err, sourceId: source.id }, "its webhooks could not be judged"),
        );
      }
      return false;
    },
    onError: (err) => log.warn({ err }, "webhooks could not be judged"),
  });
  if (watched.length > 0) loop.start();
  return loop;
}
