import { ServiceError } from "../../domain/error.ts";
import type { SyncCursor } from "./cursor.ts";
import { errorOf } from "./errors.ts";

/** Within one read. A read that gives up leaves its last checkpoint, from which the next one, some time later, goes on. */
const MAX_REWINDS = 5;

/**
 * Where to go on after Plaid refused a page: at the beginning of its loop, whose cursor holds for at least a year, while
 * those within a loop hold as long as nothing changes; and where that one is unknown too, at the beginning of everything.
 * What a first read cannot show is that something was removed meanwhile.
 * @param refused the error's code
 * @param rewinds of this read, with this one
 * @throws ServiceError
 */
export function rewind(at: SyncCursor, refused: string, rewinds: number): SyncCursor {
  const isWithin = at.next !== at.loopStart;
  if (refused === "INVALID_FIELD" && !isWithin) {
    if (at.loopStart === "") throw errorOf({ error_code: refused }, "POST /transactions/sync");
    return { ...at, next: "", loopStart: "" };
  }
  if (rewinds > MAX_REWINDS) {
    throw new ServiceError("UPSTREAM_UNAVAILABLE", "the transactions change too often to be read to their end");
  }
  return { ...at, next: at.loopStart };
}
