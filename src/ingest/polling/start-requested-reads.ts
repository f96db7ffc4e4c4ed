import type { Logger } from "pino";
import { ServiceError } from "../../domain/error.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { type CheckPace, mayBeRead } from "../../sources/may-be-read.ts";
import { isRefreshDue, takeRefreshRequests } from "../runs/refresh-requests.ts";
import { startIncremental } from "../runs/start-incremental.ts";

export interface StartRequestedReadsInput {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Limits how often refused credentials are tried. */
  readonly pace: CheckPace;
}

/**
 * Starts one run of the streams with a refresh request, unless an incremental run has them open: a request that arrives
 * while a stream is read may be too late for that read, so the stream is read again afterwards. A paused source keeps
 * its requests.
 * @returns true if there is a run to execute
 * @throws ServiceError STORE_UNAVAILABLE | OVERLOADED: the requests remain stored
 */
export async function startRequestedReads(input: StartRequestedReadsInput): Promise<boolean> {
  const { db, source, log } = input;
  const isDue = await db.read(source.tenantId, (tx) => isRefreshDue(tx, source.id));
  if (!isDue || !(await mayBeRead(input))) return false;
  return db.transaction(source.tenantId, async (tx) => {
    const streams = await takeStreams(tx, source, log);
    if (streams.length === 0) return false;
    await startIncremental(tx, source, { streams, trigger: "WEBHOOK" }, input.nowMs());
    return true;
  });
}

/** Takes the requests; those for streams that the connector no longer has are dropped. */
async function takeStreams(tx: Transaction, { id, connector }: Source, log: Logger): Promise<readonly string[]> {
  const names = new Set(connector.streams.map(({ name }) => name));
  const requested = await takeRefreshRequests(tx, id);
  const unknown = requested.filter((stream) => !names.has(stream));
  if (unknown.length > 0) log.warn({ sourceId: id, streams: unknown }, "no such streams");
  return requested.filter((stream) => names.has(stream));
}

/**
 * Decides if an error of the loop that calls `startRequestedReads` is logged: a backlog of runs is not an error, it
 * only requires waiting.
 */
export function isWorthLogging(reason: unknown): boolean {
  return ServiceError.from(reason).code !== "OVERLOADED";
}
