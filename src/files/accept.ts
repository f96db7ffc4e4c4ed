import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import type { FileWay } from "./file.ts";
import { fileId } from "./file-id.ts";
import { type FileState, findFile } from "./find-file.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { Spooled } from "./spool.ts";
import { storeFile } from "./store-file.ts";
import { validate, type Verdict } from "./validate.ts";

export interface AcceptInput {
  readonly db: Database;
  readonly source: Source;
  /** Storable. */
  readonly name: string;
  readonly way: FileWay;
  readonly spooled: Spooled;
  /** What is known of it already; undefined: it is to be read. */
  readonly verdict: Verdict | undefined;
  readonly signal: AbortSignal;
}

export interface Accepted {
  readonly state: FileState;
  /** It was stored before it was brought. */
  readonly isRepeat: boolean;
}

/**
 * Keeps a file that has come in whole, after reading it once: accepted or refused. Content that is known already is not
 * read again, except when it was refused: a newer version may understand it.
 * @throws ServiceError STORE_UNAVAILABLE | CANCELED, with nothing kept
 */
export async function accept({ db, source, ...input }: AcceptInput): Promise<Accepted> {
  const { tenantId, id: sourceId } = source;
  const { contentHash, size, head } = input.spooled;
  const id = fileId(tenantId, sourceId, contentHash);
  const known = await db.read(tenantId, (tx) => findFile(tx, id));
  if (known?.status === "STORED") return { state: known, isRepeat: true };
  if (known?.status === "ACCEPTED")
    return { state: await db.transaction(tenantId, (tx) => hasten(tx, known)), isRepeat: false };
  const verdict = input.verdict ?? (await validate(source, { size, bytes: input.spooled.bytes() }, input.signal));
  const file = { id, sourceId, contentHash, size, name: input.name, mediaType: mediaTypeOf(head), way: input.way };
  await db.transaction(tenantId, (tx) => storeFile(tx, file, verdict, input.spooled.bytes));
  const state = await db.read(tenantId, (tx) => findFile(tx, id));
  if (state === undefined) throw new TypeError(`${id}: stored and not there`); // files are never deleted
  return { state, isRepeat: false };
}

/** Has an accepted file tried now, as when it was new. */
async function hasten(tx: Parameters<Parameters<Database["transaction"]>[1]>[0], state: FileState): Promise<FileState> {
  await tx.query(
    `update files set next_attempt_at = now(), attempts = 0, error_code = null, error_message = null
     where id = $1 and status = 'ACCEPTED' and (lease_until is null or lease_until < now())`,
    [state.id],
  );
  return { ...state, hasFailed: false };
}
