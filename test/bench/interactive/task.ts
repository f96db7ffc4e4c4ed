import { z } from "zod";

/** What a replica of the benchmark is told, as its first argument. */
export const taskSchema = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  baseUrl: z.string(),
  apiKey: z.string(),
  /** Calls per second, over all replicas. */
  limit: z.number(),
});
export type Task = z.infer<typeof taskSchema>;

/** One line of its input; it answers each with a line when it is done. */
export const orderSchema = z.discriminatedUnion("do", [
  /** Begins to read in this lane with so many calls wanted at any time, until told to be quiet. */
  z.object({ do: z.literal("background"), lane: z.enum(["backfill", "refetch"]), calls: z.number() }),
  z.object({ do: z.literal("quiet") }),
  /** Makes interactive calls at an even pace, whatever becomes of them, and answers with `Latencies`. */
  z.object({ do: z.literal("interactive"), perSecond: z.number(), calls: z.number() }),
]);
export type Order = z.infer<typeof orderSchema>;

/** From when a call was due to its answer, in milliseconds; how long it waited for its permit as well. */
export const latenciesSchema = z.object({ answeredMs: z.array(z.number()), waitedMs: z.array(z.number()) });
export type Latencies = z.infer<typeof latenciesSchema>;
