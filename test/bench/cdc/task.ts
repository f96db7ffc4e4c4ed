import { z } from "zod";
import { slotPositionSchema } from "../../../src/protocols/postgres-cdc/database/position.ts";

const address = z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() });

/** Task of a process that follows the database, as JSON in its first argument. */
export const taskSchema = z.object({
  core: address,
  slot: z.string(),
  /** At the protocol layer: where it begins, and the number of changes after which it ends; none: only to begin. */
  position: slotPositionSchema.optional(),
  changes: z.number().optional(),
  /** On the whole path: the store, which is migrated, and the folder for large transactions. */
  store: address.optional(),
  folder: z.string().optional(),
});
export type Task = z.infer<typeof taskSchema>;

export function readTask(): Task {
  return taskSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
}

/** Task of the process that writes at a fixed rate and receives the events. */
export const liveSchema = z.object({
  core: address,
  store: address,
  /** Rows, in transactions of `perTransaction` rows. */
  perSecond: z.number(),
  perTransaction: z.number(),
  seconds: z.number(),
  /** Before them, not measured: the follower compiles its frequent code. */
  warmUpSeconds: z.number(),
});
export type LiveTask = z.infer<typeof liveSchema>;

/** The first line of that process. */
export const liveResult = z.object({
  /** Rows per second that were written. */
  perSecond: z.number(),
  /** Rows whose event never arrived. */
  missing: z.number(),
  /** Milliseconds from the COMMIT to the event at the subscriber. */
  p50Ms: z.number(),
  p99Ms: z.number(),
  maxMs: z.number(),
});
export type LiveResult = z.infer<typeof liveResult>;

/** The first line of the process at the protocol layer. */
export const protocolResult = z.object({
  position: slotPositionSchema,
  changes: z.number(),
  /** From the first change to the last one. */
  ms: z.number(),
});
export type ProtocolResult = z.infer<typeof protocolResult>;
