import { z } from "zod";

/** Resume point: the feed is in order of change, so a single position is sufficient. */
export const exampleNameCursor = z.strictObject({ after: z.string().min(1) });
export type ExampleNameCursor = z.infer<typeof exampleNameCursor>;
