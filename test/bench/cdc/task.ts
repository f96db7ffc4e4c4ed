import { z } from "zod";
import { slotPositionSchema } from "../../../src/protocols/postgres-cdc/database/position.ts";

/** Task of a process that follows the database, as JSON in its first argument. */
export const taskSchema = z.object({
  core: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  slot: z.string(),
  /** At the protocol layer: where it begins, and the number of changes after which it ends; none: only to begin. */
  position: slotPositionSchema.optional(),
  changes: z.number().optional(),
  /** On the whole path: the store, which is migrated, and the folder for large transactions. */
  store: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }).optional(),
  folder: z.string().optional(),
});
export type Task = z.infer<typeof taskSchema>;

export function readTask(): Task {
  return taskSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
}

/** The first line of the process at the protocol layer. */
export const protocolResult = z.object({
  position: slotPositionSchema,
  changes: z.number(),
  /** From the first change to the last one. */
  ms: z.number(),
});
export type ProtocolResult = z.infer<typeof protocolResult>;
