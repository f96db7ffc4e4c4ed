import { z } from "zod";

/** Plaid's cursors are opaque; the empty one stands before everything. */
const position = z.string().max(4_096);

/** Resume point of a stream. */
export const plaidCursor = z.discriminatedUnion("phase", [
  z.strictObject({
    phase: z.literal("sync"),
    /** Where the next page is. */
    next: position,
    /**
     * Where the loop of pages began that `next` stands in; the same as `next` between two loops. When the transactions change
     * while they are paged, Plaid refuses `next` and wants all pages since then again.
     */
    loopStart: position,
    /** Of the last page, epoch milliseconds: see `order.ts`. */
    seenUntilMs: z.int().nonnegative(),
  }),
  /** Accounts are always read whole; these are the ids that the last answer had. */
  z.strictObject({ phase: z.literal("whole"), accounts: z.array(z.string()), balances: z.array(z.string()) }),
]);
export type PlaidCursor = z.infer<typeof plaidCursor>;
export type SyncCursor = PlaidCursor & { readonly phase: "sync" };
export type WholeCursor = PlaidCursor & { readonly phase: "whole" };
