import type { Logger } from "pino";
import { FILE } from "../../domain/lifecycles.ts";
import type { Database } from "../../store/database.ts";
import type { DueRows } from "../../store/find-due-sources.ts";
import { isUnleased } from "../../store/lease.ts";
import { allows } from "../../store/status-sql.ts";
import type { SourceRegistry } from "../../sources/source-registry.ts";
import { createSourceWork, type SourceWork } from "../../sources/source-work.ts";
import { type ApplyFile, applyClaimed } from "./apply-claimed.ts";
import { claimFile } from "./file-lease.ts";

export interface ApplierOptions {
  readonly db: Database;
  readonly sources: SourceRegistry;
  readonly log: Logger;
  /** Unique per process. */
  readonly owner: string;
  readonly applyFile: ApplyFile;
  readonly random: () => number;
  /** Called when an attempt at a file of a source has ended, whatever its result. */
  readonly onTried: (sourceId: string) => void;
}

/** Accepted files that wait to be applied, as work of their source. */
export const DUE_FILES: DueRows = {
  table: "files",
  indexed: allows("status", FILE, "store"),
  due: `next_attempt_at <= now() and ${isUnleased("files")}`,
  workable: "not source.paused",
};

/** Maximum number of files applied at the same time; each is partly in memory and uses a parser thread. */
const CONCURRENCY = 2;
/**
 * Maximum delay until a file abandoned by another process is found. Together with the lease it limits the takeover
 * time: 10 + 2 seconds.
 */
const POLL_MS = 2_000;

/** Applies the accepted files, those of one source one after the other. */
export function createFileApplier(options: ApplierOptions): SourceWork {
  const { db, owner } = options;
  return createSourceWork({
    ...options,
    rows: DUE_FILES,
    name: "applying files",
    concurrency: CONCURRENCY,
    pollMs: POLL_MS,
    async round(source, signal) {
      const claimed = await db.transaction(source.tenantId, (tx) => claimFile(tx, source.id, owner));
      if (claimed === undefined) return "nothing";
      await applyClaimed({ ...options, source, claimed, signal });
      options.onTried(source.id);
      return "more";
    },
  });
}
