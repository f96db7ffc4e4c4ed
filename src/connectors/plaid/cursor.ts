import { z } from "zod";

/** Plaid's cursors are opaque; the empty one stands before everything. */
const position = z.string().max(4_096);
const ids = z.array(z.string());

/** Resume point of a stream. */
export const plaidCursor = z.discriminatedUnion("phase", [
  /** Within a loop of pages, or between two of them; see `sync-loop.ts`. */
  z.strictObject({
    phase: z.literal("sync"),
    /** Where the next page is. */
    next: position,
    /** Where the loop began that `next` stands in; the same as `next` between two loops. */
    loopStart: position,
    /** Transactions that the loop has added so far. */
    shown: ids,
    /** Those that it added when it was read before and had to be begun again, and has not shown since. */
    missed: ids,
    /** Of the last page, epoch milliseconds: see `order.ts`. */
    seenUntilMs: z.int().nonnegative(),
  }),
  /** Accounts are always read whole; these are the ids that the last answer had. */
  z.strictObject({ phase: z.literal("whole"), accounts: ids, balances: ids }),
]);
export type PlaidCursor = z.infer<typeof plaidCursor>;
export type SyncCursor = PlaidCursor & { readonly phase: "sync" };
export type WholeCursor = PlaidCursor & { readonly phase: "whole" };
