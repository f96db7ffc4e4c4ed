import { ServiceError } from "../../domain/error.ts";
import type { SyncCursor } from "./cursor.ts";
import { errorOf } from "./errors.ts";
import { type SyncWire, transactionIdWire } from "./wire/transaction.ts";

/*
 * Changes are read in a loop of pages, and are final only at the end of the loop: when something changes meanwhile,
 * Plaid refuses the next page and requires the client to request all of them again, from the cursor with which the loop
 * began. The pages read by then are stored already, so that a crash or a large first read loses nothing. The new pages
 * repeat all of it with one exception: a transaction that was added by an old page, and then removed, is in none of
 * them, as if it had never existed. That is why the cursor contains the transactions that the loop adds, from before
 * any of them can be stored, and why those that are missing in a new attempt are removed at its end.
 */

/**
 * Maximum number of rewinds within one read. A read that gives up leaves its last checkpoint, from which the next read,
 * some time later, continues.
 */
const MAX_REWINDS = 5;

/** The cursor before the first transaction. */
export const START: SyncCursor = betweenLoops("", 0);

function betweenLoops(next: string, seenUntilMs: number): SyncCursor {
  return { phase: "sync", next, loopStart: next, shown: [], missed: [], seenUntilMs };
}

/**
 * Returns the cursor before a page, whose content may be stored from now on.
 * @param seenUntilMs last version time of the page
 */
export function enter(at: SyncCursor, page: SyncWire, seenUntilMs: number): SyncCursor {
  const added = page.added.flatMap((item) => transactionIdWire.safeParse(item).data?.transaction_id ?? []);
  const { shown, missed } = at.next === at.loopStart ? begunAgain(at) : at;
  return { ...at, shown: [...shown, ...without(added, shown)], missed: without(missed, added), seenUntilMs };
}

/**
 * Returns the state for the first page of a loop: all transactions already added come from an attempt that was
 * interrupted, by Plaid or by our own shutdown.
 */
function begunAgain({ shown, missed }: SyncCursor): Pick<SyncCursor, "shown" | "missed"> {
  return { shown: [], missed: [...without(missed, shown), ...shown] };
}

/**
 * Returns the cursor after a page that was entered, and the transactions that are removed because the loop, at its end,
 * did not contain them.
 */
export function leave(
  at: SyncCursor,
  { next_cursor: next, has_more: more }: SyncWire,
): { readonly cursor: SyncCursor; readonly missing: readonly string[] } {
  if (!more) return { cursor: betweenLoops(next, at.seenUntilMs), missing: at.missed };
  return { cursor: { ...at, next }, missing: [] };
}

/**
 * Returns the cursor at which to continue after Plaid refused a page: the beginning of its loop, whose cursor is valid
 * for at least a year, while those within a loop are valid only as long as nothing changes; if that one is unknown too,
 * the beginning of everything. The first read from there cannot show the transactions that were removed since the
 * cursor.
 * @param refused error code of Plaid
 * @param rewinds number of rewinds in this read, including this one
 * @throws ServiceError
 */
export function rewind(at: SyncCursor, refused: string, rewinds: number): SyncCursor {
  if (refused === "INVALID_FIELD" && at.next === at.loopStart) {
    if (at.loopStart === "") throw errorOf({ error_code: refused }, "POST /transactions/sync");
    return { ...at, next: "", loopStart: "" };
  }
  if (rewinds > MAX_REWINDS) {
    throw new ServiceError("UPSTREAM_UNAVAILABLE", "the transactions change too often to be read completely");
  }
  return { ...at, next: at.loopStart };
}

function without(ids: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return ids.filter((id) => !known.has(id));
}
