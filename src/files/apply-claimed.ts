import type { Logger } from "pino";
import { ServiceError } from "../domain/error.ts";
import type { ApplyFileInput, FileResult } from "../statements/apply-file.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { fullJitterMs } from "../worker/backoff.ts";
import { readChunks } from "./chunks.ts";
import {
  advanceFile,
  type ClaimedFile,
  finishFile,
  type FileLease,
  LEASE_MS,
  postponeFile,
  releaseFile,
  RENEW_MS,
  renewLease,
} from "./file-lease.ts";
import { abortReason, untilAborted } from "./until-aborted.ts";

/** As `applyFile` of src/statements. */
export type ApplyFile = (input: ApplyFileInput) => Promise<FileResult>;

export interface ApplyClaimedInput {
  readonly db: Database;
  readonly source: Source;
  readonly claimed: ClaimedFile;
  readonly applyFile: ApplyFile;
  readonly log: Logger;
  readonly random: () => number;
  /** Aborted at shutdown: the file is handed back at once, what is stored of it stands. */
  readonly signal: AbortSignal;
}

const BACKOFF = { baseMs: 500, capMs: 300_000 } as const;

/** Does one claimed file from lease to outcome. Never rejects: the outcome is its row, or the lease runs out. */
export async function applyClaimed(input: ApplyClaimedInput): Promise<void> {
  const { db, source, claimed, log } = input;
  const about = { sourceId: source.id, fileId: claimed.file.id };
  const keeper = keepLease(db, source.tenantId, claimed.lease);
  const signal = AbortSignal.any([input.signal, keeper.lost]);
  try {
    const failure = await tryApplying(input, signal);
    await keeper.stop();
    if (failure !== undefined) {
      log.warn(
        { ...about, code: failure.code, err: failure, attempts: claimed.attempts },
        "a file could not be applied",
      );
      await recordFailure(input, failure);
    }
  } catch (reason) {
    // The store is away, or the file was taken over: the lease runs out, and another try finds all that was committed.
    log.warn({ ...about, err: reason }, "the outcome of a file could not be written");
  } finally {
    await keeper.stop();
  }
}

async function tryApplying(input: ApplyClaimedInput, signal: AbortSignal): Promise<ServiceError | undefined> {
  const { db, source, claimed } = input;
  const { file, lease } = claimed;
  try {
    await input.applyFile({
      db,
      source,
      file,
      bytes: untilAborted(readChunks(db, source.tenantId, file.id), signal),
      advance: (tx, position) => advanceFile(tx, lease, position),
      finish: (tx, result) => finishFile(tx, lease, result),
      signal,
    });
    return undefined;
  } catch (reason) {
    return signal.aborted ? abortReason(signal) : ServiceError.from(reason);
  }
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

interface LeaseKeeper {
  /** Aborted with LEASE_LOST when the file is no longer ours. */
  readonly lost: AbortSignal;
  /** Ends the renewing; resolves when no renewal is in flight. */
  stop(): Promise<void>;
}

function keepLease(db: Database, tenantId: string, lease: FileLease): LeaseKeeper {
  const controller = new AbortController();
  let renewedAtMs = performance.now();
  let renewing: Promise<void> | undefined;

  async function renew(): Promise<void> {
    try {
      await db.transaction(tenantId, (tx) => renewLease(tx, lease));
      renewedAtMs = performance.now();
    } catch (reason) {
      // One missed renewal is a hiccup; with the lease run out somebody else may be applying already.
      if (ServiceError.from(reason).code === "LEASE_LOST" || performance.now() - renewedAtMs > LEASE_MS) {
        controller.abort(new ServiceError("LEASE_LOST", "the lease could not be renewed", { cause: reason }));
      }
    }
  }

  const timer = setInterval(() => {
    renewing ??= renew().finally(() => (renewing = undefined));
  }, RENEW_MS);
  return {
    lost: controller.signal,
    async stop() {
      clearInterval(timer);
      await renewing;
    },
  };
}
