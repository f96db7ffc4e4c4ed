import { z } from "zod";

/** What `replica-child.ts` is told, as its first argument. */
export const replicaTask = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  baseUrl: z.string(),
  apiKey: z.string(),
  /** What the replicas know of the limit; null: nothing. */
  perSecond: z.number().nullable(),
  /** Replicas of this one process, each with a name, heartbeat and upstream of its own. */
  replicas: z.number(),
  /** Calls that each replica wants to make at any time. */
  readers: z.number(),
});
export type ReplicaTask = z.infer<typeof replicaTask>;
