import { z } from "zod";

/** Time of the newest change that was read, RFC 3339: with the setting `since`, a later read begins there. */
const time = z.string().min(1).optional();

/**
 * Resume point of a stream: the next page of a list, or the end of one. After the end the list is read again: from its
 * beginning, or the changes since a time. `newest` belongs to the list that is being read, `since` to its request.
 */
export const grpcCursor = z.discriminatedUnion("phase", [
  z.strictObject({
    phase: z.literal("list"),
    /** Absent: the first page of the next value of `each`. */
    pageToken: z.string().min(1).optional(),
    /** Value with which the list is called: see the setting `each`. */
    each: z.string().min(1).optional(),
    since: time,
    newest: time,
  }),
  z.strictObject({ phase: z.literal("done"), since: time }),
]);
export type GrpcCursor = z.infer<typeof grpcCursor>;
