import type { Logger } from "pino";
import { ERROR_CODES, ServiceError } from "../../domain/error.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { StreamClaim } from "./claim-stream.ts";
import { endStream, postponeStream, succeedStream } from "./end-stream.ts";
import type { ClaimedStream, SyncMode } from "../runs/run.ts";
import { abortReason } from "../../runtime/abort.ts";
import type { LeaseKeeper } from "../../runtime/keep-lease.ts";
import { fullJitterMs } from "../../runtime/backoff.ts";
import type { CompareStream } from "./compare-stream.ts";
import { readStream, type TakeFile } from "./read-stream.ts";

export interface RunStreamOptions {
  readonly db: Database;
  /** Database for the batches. */
  readonly batchDb: Database;
  readonly source: Source;
  readonly claim: StreamClaim;
  /** Keeps the lease of the claim. */
  readonly keeper: LeaseKeeper;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Random number from 0 to 1, for jitter. */
  readonly random: () => number;
  readonly onCheckpoint: () => void;
  readonly onRefetchNeeded: () => void;
  readonly takeFile: TakeFile | undefined;
  /** Undefined: no run compares streams, and one that does is our bug. */
  readonly compareStream: CompareStream | undefined;
  /** Called after a stream was read from its beginning to its end: tables may have grown from empty. */
  readonly onFirstRead: () => void;
  /** Aborted at shutdown and at the end of its turn: the stream is released at once, and its checkpoint remains. */
  readonly signal: AbortSignal;
}

/**
 * Consecutive failures, without a checkpoint between them, after which the stream's part of the run has failed. The
 * progress of an incremental run stays with the stream, and the next poll continues from there; the other modes would
 * have to start again, so they tolerate an upstream that is unavailable for half an hour.
 */
const MAX_ATTEMPTS = { INCREMENTAL: 8, RANGE: 100, FULL: 100, RECONCILE: 100 } as const satisfies Record<
  SyncMode,
  number
>;
const BACKOFF = { baseMs: 500, capMs: 60_000 } as const;

/**
 * Runs one claimed stream from lease to outcome. Never rejects: the outcome is stored in a row, or the lease expires.
 */
export async function runStream(options: RunStreamOptions): Promise<void> {
  const { db, claim, log, keeper } = options;
  const { work } = claim;
  const signal = AbortSignal.any([options.signal, keeper.lost]);
  const about = { sourceId: work.sourceId, stream: work.stream, runId: work.runId };
  try {
    let failure: ServiceError | undefined;
    let isEnded = false;
    let pauseMs: number | undefined;
    try {
      if (work.mode === "RECONCILE") pauseMs = await compare({ ...options, signal });
      else isEnded = await readStream({ ...options, signal });
    } catch (reason) {
      failure = signal.aborted ? abortReason(signal) : ServiceError.from(reason);
    }
    await keeper.stop();
    if (pauseMs !== undefined) await db.transaction(work.tenantId, (tx) => continueLater(tx, claim, pauseMs));
    else if (failure === undefined) {
      if (!isEnded) await db.transaction(work.tenantId, (tx) => succeedStream(tx, claim, options.source.connector));
      if (claim.cursor === undefined && work.mode !== "RECONCILE") options.onFirstRead();
    } else {
      log[levelOf(failure)]({ ...about, code: failure.code, err: failure }, "stream stopped");
      await recordFailure(options, failure);
    }
  } catch (reason) {
    // The store is unavailable, or the stream has been taken over: the lease expires and another attempt finds all that
    // was committed.
    log.warn({ ...about, err: reason }, "outcome of a stream could not be written");
  } finally {
    await keeper.stop();
  }
}

function compare({ source, compareStream, ...options }: RunStreamOptions): Promise<number | undefined> {
  if (compareStream === undefined) throw new TypeError(`${source.id}: no function to compare streams was given`);
  return compareStream({ ...options, source });
}

/** Gives back the lease of a stream that is compared, so that its changes can be read meanwhile. */
function continueLater(tx: Transaction, { work, lease }: StreamClaim, pauseMs: number): Promise<void> {
  return postponeStream(tx, work, lease, pauseMs, undefined);
}

/**
 * Stopping the service, or a run, is an intended cancellation. Refused credentials are reported once, when the status of
 * the source changes, and not again for each of its streams.
 */
function levelOf({ code }: ServiceError): "debug" | "info" | "warn" {
  if (code === "UPSTREAM_UNAUTHORIZED") return "debug";
  return code === "CANCELED" ? "info" : "warn";
}

async function recordFailure(options: RunStreamOptions, failure: ServiceError): Promise<void> {
  const { db, claim, random } = options;
  const { work, lease } = claim;
  if (failure.code === "LEASE_LOST") return;
  await db.transaction(work.tenantId, async (tx) => {
    const { canceled, attempts } = await runStateOf(tx, work);
    if (canceled) return endStream(tx, work, lease, "CANCELED", failure);
    // Stopped by shutdown or pause: the next worker continues from the checkpoint.
    if (failure.code === "CANCELED") return postponeStream(tx, work, lease, 0, undefined);
    const retry = ERROR_CODES[failure.code].retry === "backoff" && attempts + 1 < MAX_ATTEMPTS[work.mode];
    if (!retry) return endStream(tx, work, lease, "FAILED", failure);
    const delayMs = Math.max(failure.retryAfterMs ?? 0, Math.ceil(fullJitterMs(BACKOFF, attempts + 1, random)));
    return postponeStream(tx, work, lease, delayMs, failure);
  });
}

/** Returns if the run is to end, and the number of attempts of the stream that failed since the last progress. */
async function runStateOf(
  tx: Transaction,
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
