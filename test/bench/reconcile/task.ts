import { z } from "zod";

/** What the upstream prints when it is ready. */
export const addressSchema = z.object({ baseUrl: z.url(), apiKey: z.string(), startS: z.number() });

/** The task of the process that compares, as JSON in its first argument. */
export const taskSchema = addressSchema.extend({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
});
export type Task = z.infer<typeof taskSchema>;

const comparison = z.object({
  seconds: z.number(),
  calls: z.number(),
  differences: z.number(),
  /** Largest resident memory above that before the comparison, in MB. */
  growthMb: z.number(),
});
export type MeasuredComparison = z.infer<typeof comparison>;

/** The last line of its output. */
export const resultSchema = z.object({ records: z.number(), inStep: comparison, altered: comparison });
export type Result = z.infer<typeof resultSchema>;
