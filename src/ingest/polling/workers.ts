import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { coalesce } from "../../runtime/coalesce.ts";
import type { WakeUps } from "../../runtime/wake-ups.ts";
import { type StreamClaim, claimStream, findDueStreams } from "./claim-stream.ts";
import type { TakeFile } from "./read-stream.ts";
import { runStream } from "./run-stream.ts";

export interface WorkersOptions {
  readonly db: Database;
  /** Database for the batches. */
  readonly batchDb: Database;
  /** Sources by id. A stream of a source that is not in this map is left to a process that has it. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly log: Logger;
  /** Distinct per process, so that a lease identifies its owner. */
  readonly owner: string;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** `runRequested` and `sourceResumed` start a search for due streams. */
  readonly wakeUps: WakeUps;
  readonly takeFile: TakeFile | undefined;
}

export interface Workers {
  /** Returns the number of streams that this process is reading. */
  active(): number;
  /** Stops claiming work, signals running streams to stop, and resolves when their leases are released. */
  close(): Promise<void>;
}

/**
 * Interval between searches for work. With the lease it bounds the takeover of a crashed worker's stream: 9 + 1
 * seconds.
 */
const SWEEP_MS = 1_000;
/** Maximum concurrently read streams of one source: one source's backlog leaves room for the others. */
const MAX_PER_SOURCE = 8;
const CANDIDATES = 32;

/** Starts searching for due streams and reading them. */
export function startWorkers(options: WorkersOptions): Workers {
  const { db, sources, log, owner, wakeUps } = options;
  const sourceIdsByTenant = new Map(
    [...Map.groupBy(sources.values(), (source) => source.tenantId)].map(
      ([tenantId, own]) => [tenantId, own.map((source) => source.id)] as const,
    ),
  );
  const stopping = new AbortController();
  const running = new Map<string, { readonly sourceId: string; readonly done: Promise<void> }>();
  const sweeps = coalesce(sweep);

  function begin(source: Source, claim: StreamClaim): void {
    const { work, lease } = claim;
    const key = `${work.sourceId}/${work.stream}/${lease.token}`;
    const done = runStream({
      ...options,
      source,
      claim,
      onRefetchNeeded: () => wakeUps.refetchNeeded(source.id),
      onFirstRead: () => wakeUps.streamCompleted(source.id),
      signal: stopping.signal,
    }).finally(() => {
      running.delete(key);
      sweeps.ask(); // another run may wait for the stream
    });
    running.set(key, { sourceId: work.sourceId, done });
  }

  const readingOf = (sourceId: string) => [...running.values()].filter((entry) => entry.sourceId === sourceId).length;

  async function sweepTenant(tenantId: string, sourceIds: readonly string[]): Promise<void> {
    const free = sourceIds.filter((id) => readingOf(id) < MAX_PER_SOURCE);
    const due = await db.read(tenantId, (tx) => findDueStreams(tx, free, CANDIDATES));
    for (const candidate of due) {
      const source = sources.get(candidate.source_id);
      if (source === undefined || stopping.signal.aborted) continue;
      if (readingOf(source.id) >= MAX_PER_SOURCE) continue;
      const claim = await db.transaction(tenantId, (tx) => claimStream(tx, candidate, owner));
      if (claim !== undefined) begin(source, claim);
    }
  }

  async function sweep(): Promise<void> {
    if (stopping.signal.aborted) return;
    for (const [tenantId, sourceIds] of sourceIdsByTenant) {
      await sweepTenant(tenantId, sourceIds).catch((err: unknown) =>
        log.warn({ err, tenantId }, "the search for due streams failed"),
      );
    }
  }

  const endWakeUps = [wakeUps.on("runRequested", sweeps.ask), wakeUps.on("sourceResumed", sweeps.ask)];
  const timer = setInterval(sweeps.ask, SWEEP_MS);
  sweeps.ask();
  return {
    active: () => running.size,
    async close() {
      clearInterval(timer);
      for (const end of endWakeUps) end();
      stopping.abort();
      await sweeps.idle();
      await Promise.all([...running.values()].map((entry) => entry.done));
    },
  };
}
