import type { Logger } from "pino";
import { ERROR_CODES, ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import type { Claim } from "./claim-stream.ts";
import { endStream, postponeStream, succeedStream } from "./end-stream.ts";
import type { ClaimedStream, SyncMode } from "./run.ts";
import { keepLease } from "./keep-lease.ts";
import { abortReason, readStream, type TakeFile } from "./read-stream.ts";

export interface RunStreamOptions {
  readonly db: Database;
  readonly source: Source;
  readonly claim: Claim;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly onDoubts: () => void;
  readonly takeFile: TakeFile | undefined;
  /** A stream was read from its beginning to its end: tables may have grown from nothing. */
  readonly onFirstRead: () => void;
  /** Aborted at shutdown: the stream is handed back at once, its checkpoint stands. */
  readonly signal: AbortSignal;
}

/**
 * Failures in a row, without a checkpoint between them, after which the stream's part of the run has failed. What an
 * incremental run has read stays with the stream, and the next poll goes on from there; the others would have to begin
 * anew, so they outlast an upstream that is away for half an hour.
 */
const MAX_ATTEMPTS = { INCREMENTAL: 8, RANGE: 100, FULL: 100 } as const satisfies Record<SyncMode, number>;
const BACKOFF = { baseMs: 500, capMs: 60_000 } as const;

/** Does one claimed stream from lease to outcome. Never rejects: the outcome is a row, or the lease runs out. */
export async function runStream(options: RunStreamOptions): Promise<void> {
  const { db, claim, log } = options;
  const { work, lease } = claim;
  const keeper = keepLease({ db, tenantId: work.tenantId, lease, runId: work.runId });
  const signal = AbortSignal.any([options.signal, keeper.lost]);
  const about = { sourceId: work.sourceId, stream: work.stream, runId: work.runId };
  try {
    let failure: ServiceError | undefined;
    try {
      await readStream({ ...options, signal });
    } catch (reason) {
      failure = signal.aborted ? abortReason(signal) : ServiceError.from(reason);
    }
    await keeper.stop();
    if (failure === undefined) {
      await db.transaction(work.tenantId, (tx) => succeedStream(tx, work, lease, options.source.connector));
      if (claim.cursor === undefined) options.onFirstRead();
    } else {
      // Who stops the service, or a run, wants just that.
      log[failure.code === "CANCELED" ? "info" : "warn"](
        { ...about, code: failure.code, err: failure },
        "stream stopped",
      );
      await recordFailure(options, failure);
    }
  } catch (reason) {
    // The store is away, or the stream has been taken over: the lease runs out and another try finds all that was committed.
    log.warn({ ...about, err: reason }, "outcome of a stream could not be written");
  } finally {
    await keeper.stop();
  }
}

async function recordFailure(options: RunStreamOptions, failure: ServiceError): Promise<void> {
  const { db, claim, random } = options;
  const { work, lease } = claim;
  if (failure.code === "LEASE_LOST") return;
  await db.transaction(work.tenantId, async (tx) => {
    const { canceled, attempts } = await standingOf(tx, work);
    if (canceled) return endStream(tx, work, lease, "CANCELED", failure);
    // Told to stop, by shutdown or pause: whoever comes next goes on from the checkpoint.
    if (failure.code === "CANCELED") return postponeStream(tx, work, lease, 0, undefined);
    const retry = ERROR_CODES[failure.code].retry === "backoff" && attempts + 1 < MAX_ATTEMPTS[work.mode];
    if (!retry) return endStream(tx, work, lease, "FAILED", failure);
    const ceiling = Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** attempts);
    const delayMs = Math.max(failure.retryAfterMs ?? 0, Math.ceil(random() * ceiling));
    return postponeStream(tx, work, lease, delayMs, failure);
  });
}

/** Whether the run is to end, and the tries of the stream that failed since the last progress. */
async function standingOf(
  tx: Parameters<Parameters<Database["transaction"]>[1]>[0],
  { runId, stream }: ClaimedStream,
): Promise<{ readonly canceled: boolean; readonly attempts: number }> {
  const rows = await tx.query<{ canceled: boolean; attempts: number }>(
    `select runs.cancel_requested as canceled, streams.attempts
     from sync_runs runs join sync_run_streams streams on streams.run_id = runs.id
     where runs.id = $1 and streams.stream = $2`,
    [runId, stream],
  );
  return rows[0] ?? { canceled: true, attempts: 0 };
}
