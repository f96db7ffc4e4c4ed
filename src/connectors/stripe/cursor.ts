import { z } from "zod";

/** Whole seconds on Stripe's clock. */
const second = z.int().nonnegative();

/**
 * Position of paging inside one pass over a newest-first list. Objects created while the pass runs come before its
 * first page, and belong to the next pass, which begins at `since`.
 */
const position = z.strictObject({
  /** The last second before the pass began: everything after it is left to the next pass. */
  since: second,
  /** Id of the last object that was read. */
  after: z.string().min(1),
});
export type Position = z.infer<typeof position>;

const PHASES = [
  /** All objects are being listed, newest first. */
  z.strictObject({ phase: z.literal("backfill"), ...position.shape }),
  /** All changes up to `since` are read; `pass`: a read of later changes was interrupted there. */
  z.strictObject({ phase: z.literal("incremental"), since: second, pass: position.optional() }),
  /** The balance is always read completely; `seen` are the balances in the last response. */
  z.strictObject({ phase: z.literal("whole"), seen: z.array(z.string()) }),
] as const;
const accountCursor = z.discriminatedUnion("phase", PHASES);

/** Resume point of one account's part of a stream. */
export type AccountCursor = z.infer<typeof accountCursor>;

/** Resume point of a stream. */
export const stripeCursor = z.discriminatedUnion("phase", [
  ...PHASES,
  /**
   * Resume point of a platform: each account has its own position. An account that is missing is read from its
   * beginning.
   */
  z.strictObject({
    phase: z.literal("accounts"),
    own: accountCursor.optional(),
    connected: z.record(z.string(), accountCursor),
    /** Connected accounts that could not be read the last time. */
    failing: z.array(z.string()),
  }),
]);
export type StripeCursor = z.infer<typeof stripeCursor>;
