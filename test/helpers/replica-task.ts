import { z } from "zod";

/** First argument of `replica-child.ts`. */
export const replicaTask = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  baseUrl: z.string(),
  apiKey: z.string(),
  /** Known value of the limit; null: unknown. */
  perSecond: z.number().nullable(),
  /** Number of replicas in this one process, each with its own name, heartbeat and upstream. */
  replicas: z.number(),
  /** Number of calls that each replica always tries to make. */
  readers: z.number(),
});
export type ReplicaTask = z.infer<typeof replicaTask>;
