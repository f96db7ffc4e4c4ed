import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { readChunks } from "./chunks.ts";
import { type FileState, findFile } from "./find-file.ts";
import { noteVerdict, verdictColumns } from "./store-file.ts";
import { validate } from "./validate.ts";

export interface ReplayFileInput {
  readonly db: Database;
  readonly tenantId: string;
  /** By id. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * Reads a kept file again, as if it had just come: one that was refused may be understood now, one that was stored is
 * applied once more, which changes only what is read otherwise than before. One that is being applied is left alone, and so is one of which
 * something was used and that would be refused now.
 * @returns the file's source
 * @throws ServiceError NOT_FOUND | STORE_UNAVAILABLE
 */
export async function replayFile({ db, tenantId, id, ...input }: ReplayFileInput): Promise<Source> {
  const state = await db.read(tenantId, (tx) => findFile(tx, id));
  const source = state && input.sources.get(state.sourceId);
  if (state === undefined || source?.tenantId !== tenantId)
    throw new ServiceError("NOT_FOUND", "there is no such file");
  const verdict = isZipRefusal(state)
    ? { refusal: state.refusal }
    : await validate(source, { size: state.size, bytes: readChunks(db, tenantId, id) }, input.signal);
  await db.transaction(tenantId, async (tx) => {
    const rows = await tx.query(
      `update files set status = $2, refusal = $3, problem = $4, line = $5, "column" = $6, parts = $7, next_statement = 0,
         next_entry = 0, attempts = 0, next_attempt_at = now(), error_code = null, error_message = null
       where id = $1 and (lease_until is null or lease_until < now())
         and not ($2 = 'REFUSED' and status <> 'REFUSED') returning 1 as updated`,
      [id, ...verdictColumns(verdict)],
    );
    if (rows.length > 0) await appendEvents(tx, await noteVerdict(tx, state, verdict));
  });
  return source;
}

/** An archive is not unpacked again: its members have rows of their own once it is brought again. */
function isZipRefusal(state: FileState): state is FileState & { readonly refusal: { readonly reason: "ARCHIVE" } } {
  return state.refusal?.reason === "ARCHIVE";
}
