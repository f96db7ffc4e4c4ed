import { pauseUnlessAborted } from "../runtime/abort.ts";
import { coalesce } from "../runtime/coalesce.ts";
import type { Part } from "../runtime/parts.ts";
import type { Semaphore } from "../runtime/semaphore.ts";
import { analyze } from "../store/analyze.ts";
import type { ConnectionSettings } from "../store/connection.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly connection: ConnectionSettings;
  readonly maintenance: Semaphore;
}

interface Statistics {
  readonly endStatistics: () => Promise<void>;
}

/**
 * Pause after an update, in durations of it. Thousands of sources that are read for the first time would otherwise cause
 * one update after the other, in each process.
 */
const PAUSE_FACTOR = 60;

/** Updates the planner's statistics after the first read of a stream, when its tables have grown from empty. */
export const part: Part<Needs, Statistics> = {
  name: "planner statistics",
  start({ connection, maintenance, log, wakeUps }) {
    const ending = new AbortController();
    const update = async (): Promise<void> => {
      if (ending.signal.aborted) return;
      const startedAtMs = performance.now();
      await maintenance
        .run(() => analyze(connection))
        .catch((err: unknown) => log.warn({ err }, "updating the planner statistics failed"));
      await pauseUnlessAborted(PAUSE_FACTOR * (performance.now() - startedAtMs), ending.signal);
    };
    const statistics = coalesce(update);
    const endWakeUps = wakeUps.on("streamCompleted", statistics.ask);
    return {
      async endStatistics() {
        endWakeUps();
        ending.abort();
        await statistics.idle();
      },
    };
  },
  close: ({ endStatistics }) => endStatistics(),
};
