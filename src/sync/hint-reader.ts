import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { createLoop } from "../worker/loop.ts";
import type { CheckPace } from "./may-be-read.ts";
import { followHints, isWorthLogging } from "./read-hints.ts";

export interface HintReaderOptions {
  readonly db: Database;
  readonly sources: Iterable<Source>;
  readonly log: Logger;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** A run was started. */
  readonly onRun: () => void;
}

/** Reads on the streams that webhooks say have something new. */
export interface HintReader {
  /** Streams of this source may have been asked for. */
  wake(sourceId: string): void;
  close(deadlineMs: number): Promise<void>;
}

/** How late a hint is found that another process stored, or that had to wait for a run. */
const POLL_MS = 1_000;

/** One loop for each source that takes webhooks: credentials that are tried hold up nobody else. */
export function startHintReader({ sources, onRun, ...options }: HintReaderOptions): HintReader {
  const pace: CheckPace = new Map();
  const loops = new Map(
    [...sources]
      .filter(({ connector }) => connector.webhook !== undefined)
      .map((source) => {
        const loop = createLoop({
          pollMs: POLL_MS,
          random: options.random,
          async round() {
            if (await followHints({ ...options, source, pace })) onRun();
            return false;
          },
          onError(reason, failures) {
            if (failures === 1 && isWorthLogging(reason))
              options.log.warn({ err: reason, sourceId: source.id }, "hints could not be followed, trying again");
          },
        });
        loop.start();
        return [source.id, loop] as const;
      }),
  );
  return {
    wake: (sourceId) => loops.get(sourceId)?.wake(),
    async close(deadlineMs) {
      await Promise.all([...loops.values()].map((loop) => loop.close(deadlineMs)));
    },
  };
}
