import type { Logger } from "pino";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { createLoop, type Loop } from "../worker/loop.ts";
import { type ApplyFile, applyClaimed } from "./apply-claimed.ts";
import { claimFile } from "./file-lease.ts";
import type { Slots } from "./slots.ts";

export interface ApplierOptions {
  readonly db: Database;
  readonly source: Source;
  readonly log: Logger;
  /** Distinct per process. */
  readonly owner: string;
  readonly applyFile: ApplyFile;
  /** Files at a time, over all sources of the process. */
  readonly slots: Slots;
  readonly random: () => number;
  /** A try has ended, whatever came of it. */
  readonly onTried: () => void;
}

/** How late a file is found that another process left behind. With the lease it bounds the takeover: 10 + 2 seconds. */
const POLL_MS = 2_000;

/** Applies the accepted files of one source, one after the other. */
export function createFileApplier(options: ApplierOptions): Loop {
  const { db, source, log, owner, slots } = options;
  return createLoop({
    pollMs: POLL_MS,
    random: options.random,
    round: (signal) =>
      slots.run(signal, async () => {
        const claimed = await db.transaction(source.tenantId, (tx) => claimFile(tx, source.id, owner));
        if (claimed === undefined) return false;
        await applyClaimed({ ...options, claimed, signal });
        options.onTried();
        return true;
      }),
    onError(reason, failures) {
      if (failures === 1) log.warn({ err: reason, sourceId: source.id }, "looking for files failed, trying again");
    },
  });
}
