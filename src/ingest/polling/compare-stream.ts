import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import type { StreamClaim } from "./claim-stream.ts";

export interface CompareStreamOptions {
  readonly db: Database;
  /** Database for the batches. */
  readonly batchDb: Database;
  readonly source: Source;
  readonly claim: StreamClaim;
  readonly log: Logger;
  readonly nowMs: () => number;
  /** Called when something was committed. */
  readonly onCheckpoint: () => void;
  readonly signal: AbortSignal;
}

/**
 * Compares a claimed stream with its upstream, from where an earlier turn stopped.
 * @returns time in milliseconds after which to continue in another turn, without a lease meanwhile; undefined: it is done
 * @throws ServiceError the error that stopped it; earlier commits remain
 */
export type CompareStream = (options: CompareStreamOptions) => Promise<number | undefined>;
