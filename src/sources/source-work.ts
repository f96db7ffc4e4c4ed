import type { Logger } from "pino";
import { createDueWork, type DueWork, type RoundResult } from "../runtime/due-work.ts";
import type { WokenSource } from "../runtime/wake-ups.ts";
import type { Database } from "../store/database.ts";
import { type DueRows, dueSources } from "../store/find-due-sources.ts";
import type { SourceRegistry } from "./source-registry.ts";
import type { Source } from "./source.ts";

export interface SourceWorkOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  /** Rows that are this work. */
  readonly rows: DueRows;
  /** What a round does, for the log: `fetching objects again`. */
  readonly name: string;
  /** Maximum number of sources that are worked on at a time. */
  readonly concurrency: number;
  /** Interval at which work is found that another process stored, or whose pause is over. */
  readonly pollMs: number;
  readonly random: () => number;
  /** Runs one bounded piece of work of a source. It should end soon after `signal` is aborted. */
  readonly round: (source: Source, signal: AbortSignal) => Promise<RoundResult>;
  /** Decides if an error of a round is logged. Default: all are, once until the next success. */
  readonly isWorthLogging?: (reason: unknown) => boolean;
}

/** Background work of one kind for all sources; tenants take turns. */
export interface SourceWork extends Pick<DueWork, "start" | "close"> {
  /** Signals that a source may have work now. */
  wake(source: WokenSource): void;
}

/** A source that this process does not know is left to the processes that do. */
export function createSourceWork(options: SourceWorkOptions): SourceWork {
  const { db, sources, log, name, concurrency, pollMs, random, isWorthLogging = () => true } = options;
  const search = dueSources(options.rows);
  const work = createDueWork({
    concurrency,
    pollMs,
    random,
    find: (due) => search(db, due),
    async round(sourceId, signal) {
      const source = await sources.find(sourceId);
      return source === undefined ? "nothing" : options.round(source, signal);
    },
    onError(sourceId, err, failures) {
      if (failures === 1 && isWorthLogging(err)) log.warn({ err, sourceId }, `${name} failed, trying again`);
    },
    onSearchError(err, failures) {
      if (failures === 1) log.warn({ err }, `the search for work failed, trying again: ${name}`);
    },
  });
  return {
    start: work.start,
    wake: ({ id, tenantId }) => work.wake({ key: id, group: tenantId }),
    close: work.close,
  };
}
