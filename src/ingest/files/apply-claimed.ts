import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { ApplyFileInput, FileResult } from "../statements/apply-file.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { fullJitterMs } from "../../runtime/backoff.ts";
import { readChunks } from "./chunks.ts";
import {
  advanceFile,
  type ClaimedFile,
  finishFile,
  LEASE_MS,
  leasedFiles,
  postponeFile,
  releaseFile,
} from "./file-lease.ts";
import { findFile } from "./find-file.ts";
import { abortReason } from "../../runtime/abort.ts";
import { keepLease } from "../../runtime/keep-lease.ts";
import { untilAborted } from "../../runtime/until-aborted.ts";

/** Same signature as `applyFile` of src/statements. */
export type ApplyFile = (input: ApplyFileInput) => Promise<FileResult>;

export interface ApplyClaimedInput {
  readonly db: Database;
  readonly source: Source;
  readonly claimed: ClaimedFile;
  readonly applyFile: ApplyFile;
  readonly log: Logger;
  readonly random: () => number;
  /** Aborted at shutdown: the file is returned immediately, and its stored part remains. */
  readonly signal: AbortSignal;
}

const RENEW_MS = 3_000;
const BACKOFF = { baseMs: 500, capMs: 300_000 } as const;

/**
 * Processes one claimed file from lease to result. Never rejects: the result is stored in its row, or the lease
 * expires.
 */
export async function applyClaimed(input: ApplyClaimedInput): Promise<void> {
  const { db, source, claimed, log } = input;
  const keeper = keepLease({
    leaseMs: LEASE_MS,
    renewMs: RENEW_MS,
    async renew() {
      await db.transaction(source.tenantId, (tx) => leasedFiles.extend(tx, claimed.lease));
      return undefined;
    },
  });
  const signal = AbortSignal.any([input.signal, keeper.lost]);
  try {
    const failure = await tryApplying(input, signal);
    await keeper.stop();
    if (failure !== undefined) await handleFailure(input, failure);
  } catch (reason) {
    // The store is unavailable, or another process took the file over: the lease expires, and the next attempt finds
    // everything that was committed.
    log.warn({ ...aboutOf(input), err: reason }, "the outcome of a file could not be written");
  } finally {
    await keeper.stop();
  }
}

function aboutOf({ source, claimed }: ApplyClaimedInput) {
  return { sourceId: source.id, fileId: claimed.file.id };
}

async function tryApplying(input: ApplyClaimedInput, signal: AbortSignal): Promise<ServiceError | undefined> {
  const { db, source, claimed } = input;
  const { file, lease } = claimed;
  const startedAtMs = performance.now();
  try {
    await input.applyFile({
      db,
      source,
      file,
      bytes: untilAborted(readChunks(db, source.tenantId, file.id), signal),
      advance: (tx, position) => advanceFile(tx, lease, position),
      async finish(tx, result) {
        await finishFile(tx, lease, result);
        tx.report({ sentence: "file stored", about: { ...aboutOf(input), ...countsOf(result, startedAtMs) } });
      },
      signal,
    });
    return undefined;
  } catch (reason) {
    return signal.aborted ? abortReason(signal) : ServiceError.from(reason);
  }
}

function countsOf({ statements, created, known, quarantined }: FileResult, startedAtMs: number) {
  const durationMs = Math.round(performance.now() - startedAtMs);
  return { statements: statements.length, created, known, quarantined, durationMs };
}

/**
 * Stores the consequence of a failed attempt and reports it, unless the file is stored: its parsing may fail, or the
 * response to its last commit may be lost, after that commit.
 */
async function handleFailure(input: ApplyClaimedInput, failure: ServiceError): Promise<void> {
  try {
    await recordFailure(input, failure);
  } catch (reason) {
    if (ServiceError.from(reason).code === "LEASE_LOST" && (await isStored(input))) return;
    report(input, failure);
    throw reason;
  }
  report(input, failure);
}

function report(input: ApplyClaimedInput, failure: ServiceError): void {
  const { log, claimed } = input;
  const about = { ...aboutOf(input), code: failure.code };
  if (failure.code === "CANCELED")
    log.info(about, "a file was released, and is applied by the next process that claims it");
  else log.warn({ ...about, err: failure, attempts: claimed.attempts }, "a file could not be applied");
}

async function isStored({ db, source, claimed }: ApplyClaimedInput): Promise<boolean> {
  const state = await db.read(source.tenantId, (tx) => findFile(tx, claimed.file.id));
  return state?.status === "STORED";
}

async function recordFailure({ db, source, claimed, random }: ApplyClaimedInput, failure: ServiceError): Promise<void> {
  const { lease, attempts } = claimed;
  if (failure.code === "LEASE_LOST") return;
  await db.transaction(source.tenantId, (tx) =>
    failure.code === "CANCELED"
      ? releaseFile(tx, lease)
      : postponeFile(tx, lease, Math.ceil(fullJitterMs(BACKOFF, attempts, random)), failure),
  );
}
