import type { z } from "zod";
import { ServiceError } from "../domain/error.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { batches } from "./batches.ts";
import type { Claim } from "./claim-stream.ts";
import { commitBatch } from "./commit-batch.ts";

export interface ReadStreamOptions {
  readonly db: Database;
  readonly source: Source;
  readonly claim: Claim;
  readonly nowMs: () => number;
  /** Doubts were written: whoever fetches objects again has work. */
  readonly onDoubts: () => void;
  readonly signal: AbortSignal;
}

/** Large enough that a commit's fixed cost does not show, small enough that a batch commits in well under a second. */
const LIMITS = { maxMessages: 1_500, maxAhead: 12 } as const;
/** Subscribers see a run move this often at most, per stream. */
const ANNOUNCE_MS = 250;

/**
 * Reads a claimed stream to its end, batch by batch, each committed with its checkpoint.
 * @throws ServiceError whatever stopped it; what was committed before stands
 */
export async function readStream(options: ReadStreamOptions): Promise<void> {
  const { db, source, claim, signal } = options;
  const { work, lease } = claim;
  const messages = source.connector.read({
    config: source.config,
    client: source.client(work.mode === "INCREMENTAL" && claim.cursor !== undefined ? "incremental" : "backfill"),
    stream: work.stream,
    cursor: parseCursor(source.connector.cursor, claim.cursor),
    range: work.range,
    nowMs: options.nowMs(),
    signal,
  });
  let announcedAtMs = 0;
  for await (const batch of batches<unknown>(messages, LIMITS)) {
    signal.throwIfAborted();
    const announce = options.nowMs() - announcedAtMs >= ANNOUNCE_MS;
    const { doubts } = await db.transaction(work.tenantId, (tx) => commitBatch(tx, { work, lease, batch, announce }));
    if (announce) announcedAtMs = options.nowMs();
    if (doubts > 0) options.onDoubts();
  }
}

/** A cursor of another version of the connector may not parse: then the stream is read from its beginning, never guessed. */
function parseCursor(schema: z.ZodType<unknown>, cursor: unknown): unknown {
  if (cursor === undefined) return undefined;
  const parsed = schema.safeParse(cursor);
  return parsed.success ? parsed.data : undefined;
}

/** What aborting signals throw, as the error that they stand for. */
export function abortReason(signal: AbortSignal): ServiceError {
  return signal.reason instanceof ServiceError
    ? signal.reason
    : new ServiceError("CANCELED", "the work was stopped", { cause: signal.reason });
}
