import { z } from "zod";

/** Plaid's cursors are opaque; the empty one precedes all transactions. */
const position = z.string().max(4_096);
const ids = z.array(z.string());

/** Resume point of a stream. */
export const plaidCursor = z.discriminatedUnion("phase", [
  /** Position within a loop of pages, or between two of them; see `sync-loop.ts`. */
  z.strictObject({
    phase: z.literal("sync"),
    /** Cursor of the next page. */
    next: position,
    /** Cursor at the beginning of the loop that contains `next`; the same as `next` between two loops. */
    loopStart: position,
    /** Transactions that the loop has added so far. */
    shown: ids,
    /** Transactions that the loop added before it had to restart, and has not added again since. */
    missed: ids,
    /** Last version time of the last page, epoch milliseconds: see `order.ts`. */
    seenUntilMs: z.int().nonnegative(),
  }),
  /** Accounts are always read completely; these are the ids in the last response. */
  z.strictObject({ phase: z.literal("whole"), accounts: ids, balances: ids }),
]);
export type PlaidCursor = z.infer<typeof plaidCursor>;
export type SyncCursor = PlaidCursor & { readonly phase: "sync" };
export type WholeCursor = PlaidCursor & { readonly phase: "whole" };
