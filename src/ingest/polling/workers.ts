import { availableParallelism } from "node:os";
import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import { pauseUnlessAborted } from "../../runtime/abort.ts";
import { coalesce } from "../../runtime/coalesce.ts";
import { createSemaphore } from "../../runtime/semaphore.ts";
import type { WakeUps, WokenSource } from "../../runtime/wake-ups.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import type { Source } from "../../sources/source.ts";
import type { Database } from "../../store/database.ts";
import { claimNewRun, claimStreams, type StreamClaim } from "./claim-stream.ts";
import { type DueStream, findDueStreams } from "./find-due-streams.ts";
import { createStreamRenewals } from "./lease-renewals.ts";
import type { CompareStream } from "./compare-stream.ts";
import type { ClaimRun } from "./poll.ts";
import type { TakeFile } from "./read-stream.ts";
import { runStream } from "./run-stream.ts";
import { turnsToEnd } from "./turns-to-end.ts";

export interface WorkersOptions {
  readonly db: Database;
  /** Database for the batches. */
  readonly batchDb: Database;
  /** A stream of a source that is not among them is left to a process that has it. */
  readonly sources: SourceRegistry;
  readonly log: Logger;
  /** Distinct per process, so that a lease identifies its owner. */
  readonly owner: string;
  readonly nowMs: () => number;
  readonly random: () => number;
  /** `runRequested` and `sourceResumed` start a search for due streams. */
  readonly wakeUps: WakeUps;
  readonly takeFile: TakeFile | undefined;
  readonly compareStream: CompareStream | undefined;
  /** Called when a stream is no longer read. */
  readonly onStreamEnded: () => void;
}

export interface Workers {
  /** Returns the number of streams that this process is reading. */
  active(): number;
  /**
   * Returns how many further streams may become due: as many may wait as are read, so that a place that becomes free
   * goes to the tenant whose turn it is, and the others wait in the schedule.
   */
  room(): number;
  /**
   * Reserves places for the streams of a source, of which a run is about to start; undefined if there are too few, or if
   * streams wait that were due before. Given back by `release`.
   */
  reserve(source: Source): ReservedPlaces | undefined;
  /** Stops claiming work, signals running streams to stop, and resolves when their leases are released. */
  close(): Promise<void>;
}

/** Places for the streams of a new run, which is then read without a search. */
export interface ReservedPlaces {
  /** Starts the run in the transaction, and claims its streams. */
  readonly claimRun: ClaimRun;
  /**
   * Begins to read what was claimed by a transaction that is committed now.
   * @returns true if these are all streams of the run
   */
  read(): boolean;
  release(): void;
}

/**
 * Interval between searches for work. With the lease it bounds the takeover of a crashed worker's stream: 9 + 1
 * seconds.
 */
const SWEEP_MS = 1_000;
/**
 * Pause after a search, in durations of it: a search looks at the open streams of all tenants, and the end of each stream
 * asks for the next search.
 */
const SEARCH_PAUSE_FACTOR = 4;
/** Greatest pause after a search: a stream that becomes due beside thousands of others must not wait long for it. */
const MAX_SEARCH_PAUSE_MS = 250;
/** Maximum concurrently read streams of one source: one source's backlog leaves room for the others. */
const MAX_PER_SOURCE = 8;
/**
 * Maximum concurrently read streams. Each keeps a page in memory, some 300 kB, and waits most of the time: for its
 * upstream, or for a permit, which a provider that allows fifteen calls a minute gives every four seconds.
 */
const MAX_STREAMS = Math.min(256, Math.max(64, 64 * availableParallelism()));
/** Maximum number of sources whose streams are claimed at a time. */
const MAX_CLAIMS = 8;
/** Time for which the streams of a source that this process does not know are not looked for. */
const UNKNOWN_MS = 30_000;

interface Running {
  readonly sourceId: string;
  readonly tenantId: string;
  readonly startedAtMs: number;
  /** True once a checkpoint was committed in this turn. */
  hasAdvanced: boolean;
  /** Ends the turn. */
  readonly turn: AbortController;
  readonly done: Promise<void>;
}

/** Starts searching for due streams and reading them. */
export function startWorkers(options: WorkersOptions): Workers {
  const { db, sources, log, owner, wakeUps } = options;
  const stopping = new AbortController();
  const running = new Set<Running>();
  /** Sources that this process does not know, with the time until which they are left out. */
  const unknown = new Map<string, number>();
  /** Sources of which another run may wait for a stream that is being read. */
  const requested = new Set<string>();
  const renewals = createStreamRenewals({ db, owner });
  const sweeps = coalesce(sweep);
  const claims = createSemaphore(MAX_CLAIMS);
  /** Places that are reserved, by source. */
  const reserved = new Map<string, number>();
  /** Streams that are being claimed. */
  let claiming = 0;
  /** Due streams that the last search found and that could not be read yet. */
  let waiting = 0;

  function begin(source: Source, claim: StreamClaim): void {
    const turn = new AbortController();
    const done = runStream({
      ...options,
      source,
      claim,
      keeper: renewals.keep({ ...claim.work, lease: claim.lease }),
      onCheckpoint: () => void (entry.hasAdvanced = true),
      onRefetchNeeded: () => wakeUps.refetchNeeded(source),
      onFirstRead: () => wakeUps.streamCompleted(source),
      signal: AbortSignal.any([stopping.signal, turn.signal]),
    }).finally(() => {
      const isNeeded = leavesWork(entry) || claim.work.mode !== "INCREMENTAL"; // which gives way to reads of changes
      running.delete(entry);
      if (isNeeded) sweeps.ask();
      options.onStreamEnded();
    });
    const entry: Running = {
      sourceId: source.id,
      tenantId: source.tenantId,
      startedAtMs: performance.now(),
      hasAdvanced: false,
      turn,
      done,
    };
    running.add(entry);
  }

  /**
   * True if something may be waiting for the place or the stream of one that ends. After any other stream the next search
   * by the interval is soon enough: it would find nothing but the run that another process has stored meanwhile, and
   * looks at the open streams of all tenants.
   */
  function leavesWork({ sourceId, turn }: Running): boolean {
    return waiting > 0 || turn.signal.aborted || requested.has(sourceId) || roomOf(sourceId) <= 0;
  }

  const countOf = (matches: (entry: Running) => boolean): number => [...running].filter(matches).length;
  const roomOf = (sourceId: string): number =>
    MAX_PER_SOURCE - countOf((entry) => entry.sourceId === sourceId) - (reserved.get(sourceId) ?? 0);
  const free = (): number => MAX_STREAMS - running.size - claiming;

  /** Sources of which no further stream can be read now. */
  function closedSourceIds(): readonly string[] {
    const nowMs = performance.now();
    for (const [sourceId, untilMs] of unknown) if (untilMs < nowMs) unknown.delete(sourceId);
    const full = [...new Set([...running].map(({ sourceId }) => sourceId))].filter((id) => roomOf(id) <= 0);
    return [...unknown.keys(), ...full];
  }

  /** @returns number of streams of one source that are read from now on */
  async function claim(sourceId: string, due: readonly DueStream[]): Promise<number> {
    const source = await sources.find(sourceId);
    if (source === undefined || source.tenantId !== due[0]?.tenantId) {
      unknown.set(sourceId, performance.now() + UNKNOWN_MS);
      return 0;
    }
    const some = stopping.signal.aborted ? [] : due.slice(0, Math.min(roomOf(sourceId), free()));
    if (some.length === 0) return 0;
    claiming += some.length;
    try {
      const claimed = await db.transaction(source.tenantId, (tx) => claimStreams(tx, source, some, owner));
      for (const each of claimed) begin(source, each);
      return claimed.length;
    } finally {
      claiming -= some.length;
    }
  }

  function reserve(source: Source): ReservedPlaces | undefined {
    const all = source.connector.streams.map(({ name }) => name);
    const streams = all.slice(0, MAX_PER_SOURCE);
    const places = streams.length;
    if (stopping.signal.aborted || waiting > 0 || free() < places || roomOf(source.id) < places) return undefined;
    let claimed: readonly StreamClaim[] = [];
    changeReserved(source.id, places);
    return {
      async claimRun(tx, start) {
        claimed = await claimNewRun(tx, { source, start, streams }, owner);
      },
      read() {
        for (const each of claimed) begin(source, each);
        return claimed.length === all.length;
      },
      release: () => changeReserved(source.id, -places),
    };
  }

  function changeReserved(sourceId: string, change: number): void {
    claiming += change;
    const count = (reserved.get(sourceId) ?? 0) + change;
    if (count > 0) reserved.set(sourceId, count);
    else reserved.delete(sourceId);
  }

  /** Sources do not wait for each other's transactions, which take turns over the connections. */
  async function claimAll(due: readonly DueStream[]): Promise<number> {
    const bySource = [...Map.groupBy(due, (each) => each.sourceId)];
    const begun = await Promise.all(bySource.map(([sourceId, own]) => claims.run(() => claim(sourceId, own))));
    return begun.reduce((sum, count) => sum + count, 0);
  }

  /** The tenant with the fewest running streams comes first. */
  function inTurns(due: readonly DueStream[]): readonly DueStream[] {
    const reading = Map.groupBy(running, ({ tenantId }) => tenantId);
    const place = ({ tenantId, turn }: DueStream): number => turn + (reading.get(tenantId)?.length ?? 0);
    return due.toSorted((a, b) => place(a) - place(b));
  }

  /** Ends the turns of the streams that have been read for longest, in favor of those that wait. */
  function endTurns(count: number): void {
    const turns = [...running].map((entry) => ({ ...entry, isEnding: entry.turn.signal.aborted }));
    for (const { turn } of turnsToEnd(turns, count, performance.now()))
      turn.abort(new ServiceError("CANCELED", "other streams have waited for their turn"));
  }

  async function sweep(): Promise<void> {
    if (stopping.signal.aborted) return;
    try {
      const startedAtMs = performance.now();
      const read = new Set([...reserved.keys(), ...[...running].map(({ sourceId }) => sourceId)]);
      for (const sourceId of requested) if (!read.has(sourceId)) requested.delete(sourceId);
      const { streams, hasMore } = await findDueStreams(db, MAX_STREAMS, closedSourceIds());
      const searchMs = performance.now() - startedAtMs;
      const begun = await claimAll(inTurns(streams));
      waiting = streams.length - begun;
      if (free() <= 0) endTurns(waiting);
      else if (hasMore && begun > 0) sweeps.ask();
      await pauseUnlessAborted(Math.min(SEARCH_PAUSE_FACTOR * searchMs, MAX_SEARCH_PAUSE_MS), stopping.signal);
    } catch (err) {
      log.warn({ err }, "the search for due streams failed");
    }
  }

  function search({ id }: WokenSource): void {
    requested.add(id);
    sweeps.ask();
  }

  const endWakeUps = [wakeUps.on("runRequested", search), wakeUps.on("sourceResumed", search)];
  const timer = setInterval(sweeps.ask, SWEEP_MS);
  sweeps.ask();
  return {
    active: () => running.size,
    room: () => 2 * MAX_STREAMS - running.size - waiting,
    reserve,
    async close() {
      clearInterval(timer);
      for (const end of endWakeUps) end();
      stopping.abort();
      await sweeps.idle();
      await Promise.all([...running].map((entry) => entry.done));
    },
  };
}
