import { z } from "zod";

/*
 * Where the comparison of a stream is. It is kept in the cursor of the run's stream, so that another turn, or another
 * process, continues there.
 */

/** Rounds after which an object that the upstream keeps changing is left as it is. */
export const MAX_LOOKS = 5;
/** Share of a comparison that is done after the listing. */
export const LISTED_SHARE = 0.9;

const shared = {
  /** Time of the database's clock when the listing began. */
  startedAt: z.string(),
  /** Number of pages of the listing, by which it is decided whether fetching objects or listing again costs less. */
  pages: z.number(),
  /** True if an item without a readable id was listed: it may be any object. */
  hasUnreadable: z.boolean(),
};

const stateSchema = z.discriminatedUnion("phase", [
  z.strictObject({ phase: z.literal("LISTING"), ...shared, cursor: z.unknown().optional() }),
  z.strictObject({
    phase: z.literal("FINDING_UNLISTED"),
    ...shared,
    /** Number of types that the upstream lists completely, in the order of the plan, whose stored objects are examined. */
    typesDone: z.number(),
    /** Last examined object of the next type. */
    after: z.strictObject({ orderedAt: z.string(), id: z.string() }).optional(),
  }),
  // What the stream's own reads bring until they have read up to the listing is no difference.
  z.strictObject({ phase: z.literal("SETTLING"), ...shared, look: z.number(), since: z.string() }),
  z.strictObject({
    phase: z.literal("LISTING_AGAIN"),
    ...shared,
    look: z.number(),
    since: z.string(),
    cursor: z.unknown().optional(),
  }),
  z.strictObject({ phase: z.literal("FETCHING"), ...shared, look: z.number() }),
  z.strictObject({ phase: z.literal("FINISHING"), ...shared }),
]);
export type ComparisonState = z.infer<typeof stateSchema>;
export type StateOf<Phase extends ComparisonState["phase"]> = Extract<ComparisonState, { readonly phase: Phase }>;

/** Parses a stored state; undefined: the comparison begins, or its state was written by another version. */
export function parseState(stored: unknown): ComparisonState | undefined {
  const parsed = stateSchema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}
