import { ServiceError } from "../../domain/error.ts";
import type { SyncCursor } from "./cursor.ts";
import { errorOf } from "./errors.ts";
import { type SyncWire, transactionIdWire } from "./wire/transaction.ts";

/*
 * What changed is read in a loop of pages, and is known for certain only at its end: when something changes meanwhile, Plaid
 * refuses the next page and wants all of them again, from the cursor with which the loop began. What was read by then is
 * stored already, so that a crash or a large first read loses nothing. The new pages say all of it again but one thing:
 * a transaction that was added by an old page, and then removed, is in none of them, as if it had never been. That is why
 * the cursor holds which ones the loop adds, from before any of them can be stored, and why those that a new try does not
 * show are gone at its end.
 */

/** Within one read. A read that gives up leaves its last checkpoint, from which the next one, some time later, goes on. */
const MAX_REWINDS = 5;

/** Before everything. */
export const START: SyncCursor = betweenLoops("", 0);

function betweenLoops(next: string, seenUntilMs: number): SyncCursor {
  return { phase: "sync", next, loopStart: next, shown: [], missed: [], seenUntilMs };
}

/**
 * Before a page, of which something may now be stored.
 * @param seenUntilMs the last moment of what it says
 */
export function enter(at: SyncCursor, page: SyncWire, seenUntilMs: number): SyncCursor {
  const added = page.added.flatMap((item) => transactionIdWire.safeParse(item).data?.transaction_id ?? []);
  const { shown, missed } = at.next === at.loopStart ? begunAgain(at) : at;
  return { ...at, shown: [...shown, ...without(added, shown)], missed: without(missed, added), seenUntilMs };
}

/** At the first page of a loop whatever it has shown is from a try that was broken off, be it by Plaid or by our own end. */
function begunAgain({ shown, missed }: SyncCursor): Pick<SyncCursor, "shown" | "missed"> {
  return { shown: [], missed: [...without(missed, shown), ...shown] };
}

/** Behind a page that was entered, and the transactions that are gone by what the loop, at its end, has not said. */
export function leave(
  at: SyncCursor,
  { next_cursor: next, has_more: more }: SyncWire,
): { readonly cursor: SyncCursor; readonly gone: readonly string[] } {
  if (!more) return { cursor: betweenLoops(next, at.seenUntilMs), gone: at.missed };
  return { cursor: { ...at, next }, gone: [] };
}

/**
 * Where to go on after Plaid refused a page: at the beginning of its loop, whose cursor holds for at least a year, while
 * those within a loop hold as long as nothing changes; and where that one is unknown too, at the beginning of everything.
 * What that first read cannot show is what was removed since the cursor.
 * @param refused the error's code
 * @param rewinds of this read, with this one
 * @throws ServiceError
 */
export function rewind(at: SyncCursor, refused: string, rewinds: number): SyncCursor {
  if (refused === "INVALID_FIELD" && at.next === at.loopStart) {
    if (at.loopStart === "") throw errorOf({ error_code: refused }, "POST /transactions/sync");
    return { ...at, next: "", loopStart: "" };
  }
  if (rewinds > MAX_REWINDS) {
    throw new ServiceError("UPSTREAM_UNAVAILABLE", "the transactions change too often to be read to their end");
  }
  return { ...at, next: at.loopStart };
}

function without(ids: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return ids.filter((id) => !known.has(id));
}
