import { z } from "zod";

const time = z.iso.datetime({ precision: 3 });

/** Position within a pass over a list. */
const pass = z.strictObject({
  /** Token of the next page; absent: the first page. */
  pageToken: z.string().min(1).optional(),
  /** Latest time of change that was read in the pass; absent: none. */
  reached: time.optional(),
});
export type PassPosition = z.infer<typeof pass>;

/** Resume point of a stream: in a pass over all objects, or over those that changed since a time. */
export const cardProcessorCursor = z.discriminatedUnion("phase", [
  z.strictObject({ phase: z.literal("everything"), pass }),
  z.strictObject({ phase: z.literal("changes"), since: time, pass: pass.optional() }),
]);
export type CardProcessorCursor = z.infer<typeof cardProcessorCursor>;
