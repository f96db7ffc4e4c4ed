import { z } from "zod";

/** Whole seconds on Stripe's clock. */
const second = z.int().nonnegative();

/**
 * Where paging stands inside one pass over a newest-first list. What is made while the pass runs stands before its
 * first page, and is the next pass's: that one begins at `since`.
 */
const position = z.strictObject({
  /** The last second before the pass began: everything after it is left to the next pass. */
  since: second,
  /** The last object that was read. */
  after: z.string().min(1),
});
export type Position = z.infer<typeof position>;

/** Resume point of a stream. */
export const stripeCursor = z.discriminatedUnion("phase", [
  /** Everything is being listed, newest first. */
  z.strictObject({ phase: z.literal("backfill"), ...position.shape }),
  /** All is read that changed up to `since`; `pass`: a read of what came later was interrupted there. */
  z.strictObject({ phase: z.literal("incremental"), since: second, pass: position.optional() }),
  /** The balance is always read whole; `seen` are the balances that the last answer had. */
  z.strictObject({ phase: z.literal("whole"), seen: z.array(z.string()) }),
]);
export type StripeCursor = z.infer<typeof stripeCursor>;
