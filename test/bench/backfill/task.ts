import { z } from "zod";

/** The task of a contestant, as JSON in its first argument. */
export const taskSchema = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  baseUrl: z.url(),
  apiKey: z.string(),
});
export type Task = z.infer<typeof taskSchema>;

/** The last line of its output. */
export const resultSchema = z.object({ records: z.number().int().positive(), ms: z.number().positive() });
export type Result = z.infer<typeof resultSchema>;

export function readTask(): Task {
  return taskSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
}

export function printResult(result: Result): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
