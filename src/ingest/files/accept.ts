import { FILE } from "../../domain/lifecycles.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { isUnleased } from "../../store/lease.ts";
import { allows } from "../../store/status-sql.ts";
import type { Source } from "../../sources/source.ts";
import type { FileOrigin } from "./file.ts";
import { fileId } from "./file-id.ts";
import { type FileState, findFile } from "./find-file.ts";
import { mediaTypeOf } from "./media-type.ts";
import type { Spooled } from "./spool.ts";
import { storeFile } from "./store-file.ts";
import { validate, type ValidationResult } from "./validate.ts";

export interface AcceptInput {
  readonly db: Database;
  readonly source: Source;
  /** Name in storable form. */
  readonly name: string;
  readonly origin: FileOrigin;
  readonly spooled: Spooled;
  /** Known result of an earlier parse; undefined: the file must be parsed. */
  readonly validation: ValidationResult | undefined;
  readonly signal: AbortSignal;
}

export interface Accepted {
  readonly state: FileState;
  /** True if it was stored before it was sent. */
  readonly isRepeat: boolean;
}

/**
 * Stores a completely received file after parsing it once, as accepted or refused. Known content is not parsed again,
 * except when it was refused: a newer version may understand it.
 * @throws ServiceError STORE_UNAVAILABLE | CANCELED, with nothing stored
 */
export async function accept({ db, source, ...input }: AcceptInput): Promise<Accepted> {
  const { tenantId, id: sourceId } = source;
  const { contentHash, size, head } = input.spooled;
  const id = fileId(tenantId, sourceId, contentHash);
  const known = await db.read(tenantId, (tx) => findFile(tx, id));
  if (known?.status === "STORED") return { state: known, isRepeat: true };
  if (known?.status === "ACCEPTED")
    return { state: await db.transaction(tenantId, (tx) => retryNow(tx, known)), isRepeat: false };
  const validation = input.validation ?? (await validate(source, { size, bytes: input.spooled.bytes() }, input.signal));
  const file = {
    id,
    sourceId,
    contentHash,
    size,
    name: input.name,
    mediaType: mediaTypeOf(head),
    origin: input.origin,
  };
  await db.transaction(tenantId, (tx) => storeFile(tx, file, validation, input.spooled.bytes));
  const state = await db.read(tenantId, (tx) => findFile(tx, id));
  if (state === undefined) throw new TypeError(`${id}: the file was stored but not found`); // too young to be deleted
  return { state, isRepeat: false };
}

/** Schedules an attempt for an accepted file now, as if it were new. */
async function retryNow(tx: Transaction, state: FileState): Promise<FileState> {
  await tx.query(
    `update files set next_attempt_at = now(), attempts = 0, error_code = null, error_message = null
     where id = $1 and ${allows("status", FILE, "store")} and ${isUnleased("files")}`,
    [state.id],
  );
  return { ...state, hasFailed: false };
}
