import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { createLoop, type Loop } from "../../runtime/loop.ts";
import { type ApplyFile, applyClaimed } from "./apply-claimed.ts";
import { claimFile } from "./file-lease.ts";
import type { Semaphore } from "../../runtime/semaphore.ts";

export interface ApplierOptions {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  /** Unique per process. */
  readonly owner: string;
  readonly applyFile: ApplyFile;
  /** Limit of concurrent files, over all sources of the process. */
  readonly slots: Semaphore;
  readonly random: () => number;
  /** Called when an attempt has ended, whatever its result. */
  readonly onTried: () => void;
}

/**
 * Maximum delay until a file abandoned by another process is found. Together with the lease it limits the takeover
 * time: 10 + 2 seconds.
 */
const POLL_MS = 2_000;

/** Applies the accepted files of one source, one after the other. */
export function createFileApplier(options: ApplierOptions): Loop {
  const { db, source, log, owner, slots } = options;
  return createLoop({
    pollMs: POLL_MS,
    random: options.random,
    round: (signal) =>
      slots.run(async () => {
        const claimed = await db.transaction(source.tenantId, (tx) => claimFile(tx, source.id, owner));
        if (claimed === undefined) return false;
        await applyClaimed({ ...options, claimed, signal });
        options.onTried();
        return true;
      }, signal),
    onError(reason, failures) {
      if (failures === 1)
        log.warn({ err: reason, sourceId: source.id }, "the search for files to apply failed, trying again");
    },
  });
}
