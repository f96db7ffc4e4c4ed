import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type Claim, claimStream, findDueStreams } from "./claim-stream.ts";
import type { TakeFile } from "./read-stream.ts";
import { runStream } from "./run-stream.ts";

export interface WorkersOptions {
  readonly db: Database;
  /** By id. A stream of a source that is not here is left to a process that has it. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly log: Logger;
  /** Distinct per process, so that a lease tells whose it is. */
  readonly owner: string;
  readonly nowMs: () => number;
  readonly random: () => number;
  readonly onDoubts: (sourceId: string) => void;
  readonly onFirstRead: () => void;
  readonly takeFile: TakeFile | undefined;
}

export interface Workers {
  /** There may be work: look now instead of at the next sweep. */
  wake(): void;
  /** Streams that this process is reading. */
  active(): number;
  /** Stops taking work, tells running streams to stop, and resolves when their leases are handed back. */
  close(): Promise<void>;
}

/** Between looks for work. With the lease it bounds the takeover of a dead worker's stream: 9 + 1 seconds. */
const SWEEP_MS = 1_000;
/** Streams of one source that are read at a time: one source's backlog leaves room for the others. */
const MAX_PER_SOURCE = 8;
const CANDIDATES = 32;

/** Starts looking for due streams and reading them. */
export function startWorkers(options: WorkersOptions): Workers {
  const { db, sources, log, owner } = options;
  const sourceIdsByTenant = new Map(
    [...Map.groupBy(sources.values(), (source) => source.tenantId)].map(
      ([tenantId, own]) => [tenantId, own.map((source) => source.id)] as const,
    ),
  );
  const stopping = new AbortController();
  const running = new Map<string, { readonly sourceId: string; readonly done: Promise<void> }>();
  let sweeping: Promise<void> | undefined;
  let again = false;

  function begin(source: Source, claim: Claim): void {
    const { work, lease } = claim;
    const key = `${work.sourceId}/${work.stream}/${lease.token}`;
    const done = runStream({
      ...options,
      source,
      claim,
      onDoubts: () => options.onDoubts(source.id),
      signal: stopping.signal,
    }).finally(() => {
      running.delete(key);
      wake(); // another run may wait for the stream
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
    do {
      again = false;
      for (const [tenantId, sourceIds] of sourceIdsByTenant) {
        await sweepTenant(tenantId, sourceIds).catch((err: unknown) =>
          log.warn({ err, tenantId }, "looking for due streams failed"),
        );
      }
    } while (again && !stopping.signal.aborted);
  }

  function wake(): void {
    if (stopping.signal.aborted) return;
    again = true;
    sweeping ??= sweep().finally(() => void (sweeping = undefined));
  }

  const timer = setInterval(wake, SWEEP_MS);
  wake();
  return {
    wake,
    active: () => running.size,
    async close() {
      clearInterval(timer);
      stopping.abort();
      await sweeping;
      await Promise.all([...running.values()].map((entry) => entry.done));
    },
  };
}
