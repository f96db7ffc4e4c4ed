import { ServiceError } from "../../domain/error.ts";
import { FILE } from "../../domain/lifecycles.ts";
import { appendEvents } from "../../events/append.ts";
import type { Database } from "../../store/database.ts";
import { isUnleased } from "../../store/lease.ts";
import { leads } from "../../store/status-sql.ts";
import type { Source } from "../../sources/source.ts";
import { findOwnSource, type SourceRegistry } from "../../sources/source-registry.ts";
import { readChunks } from "./chunks.ts";
import { type FileState, findFile } from "./find-file.ts";
import { recordValidation, validationColumns } from "./store-file.ts";
import { validate } from "./validate.ts";

export interface ReplayFileInput {
  readonly db: Database;
  readonly tenantId: string;
  readonly sources: SourceRegistry;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * Parses a stored file again, as if it had just arrived: one that was refused may be understood now, and one that was
 * stored is applied once more, which only changes data that is now parsed differently. A file that is being applied is
 * skipped, and so is one of which some data was used and that would be refused now.
 * @returns the file's source
 * @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE
 */
export async function replayFile({ db, tenantId, id, ...input }: ReplayFileInput): Promise<Source> {
  const state = await db.read(tenantId, (tx) => findFile(tx, id));
  const source = state && (await findOwnSource(input.sources, tenantId, state.sourceId));
  if (state === undefined || source === undefined) throw new ServiceError("NOT_FOUND", "there is no file with this id");
  const validation = isZipRefusal(state)
    ? { refusal: state.refusal }
    : await validate(source, { size: state.size, bytes: readChunks(db, tenantId, id) }, input.signal);
  await db.transaction(tenantId, async (tx) => {
    const rows = await tx.query(
      `update files set status = $2, refusal = $3, problem = $4, line = $5, "column" = $6, parts = $7, next_statement = 0,
         next_entry = 0, attempts = 0, next_attempt_at = now(), finished_at = null, result = null, error_code = null, error_message = null
       where id = $1 and ${isUnleased("files")}
         and ${leads("status", "$2", FILE, ["reaccept", "rerefuse"])} returning 1 as updated`,
      [id, ...validationColumns(validation)],
    );
    if (rows.length > 0) await appendEvents(tx, await recordValidation(tx, state, validation));
  });
  return source;
}

/** An archive is not unpacked again: its members get rows of their own when it is sent again. */
function isZipRefusal(state: FileState): state is FileState & { readonly refusal: { readonly reason: "ARCHIVE" } } {
  return state.refusal?.reason === "ARCHIVE";
}
