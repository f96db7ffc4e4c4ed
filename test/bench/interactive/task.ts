import { z } from "zod";

/** The task of a replica of the benchmark, as its first argument. */
export const taskSchema = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  baseUrl: z.string(),
  apiKey: z.string(),
  /** Calls per second, over all replicas. */
  limit: z.number(),
});
export type Task = z.infer<typeof taskSchema>;

/** One line of its input; it responds to each with a line when it is done. */
export const orderSchema = z.discriminatedUnion("do", [
  /** Starts to read in this lane, with this number of calls waiting at any time, until it receives `quiet`. */
  z.object({ do: z.literal("background"), lane: z.enum(["backfill", "refetch"]), calls: z.number() }),
  z.object({ do: z.literal("quiet") }),
  /** Makes interactive calls at an even pace, regardless of their results, and responds with `Latencies`. */
  z.object({ do: z.literal("interactive"), perSecond: z.number(), calls: z.number() }),
]);
export type Order = z.infer<typeof orderSchema>;

/** From the due time of a call to its response, in milliseconds; and the waiting time for its permit. */
export const latenciesSchema = z.object({ answeredMs: z.array(z.number()), waitedMs: z.array(z.number()) });
export type Latencies = z.infer<typeof latenciesSchema>;
