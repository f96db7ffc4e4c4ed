import { z } from "zod";

/** The task of a replica of the benchmark, as its first argument. */
export const taskSchema = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  baseUrl: z.string(),
  limit: z.number(),
  /** Number of calls that always wait to be made. */
  readers: z.number(),
});
export type Task = z.infer<typeof taskSchema>;

/** A replica's output at the end. */
export const resultSchema = z.object({ sent: z.number(), storeCalls: z.number() });
export type Result = z.infer<typeof resultSchema>;

/** @throws ZodError */
export function readTask(): Task {
  return taskSchema.parse(JSON.parse(process.argv[2] ?? ""));
}

/** Runs `readers` loops of `call` until the process's input ends; then prints the `result`. */
export async function runReaders(
  readers: number,
  call: (signal: AbortSignal) => Promise<void>,
  result: () => Result,
): Promise<void> {
  const stopping = new AbortController();
  process.stdin.on("end", () => stopping.abort()).resume();
  process.stdout.write("ready\n");
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) await call(stopping.signal).catch(() => undefined); // aborted in the middle
  };
  await Promise.all(Array.from({ length: readers }, loop));
  process.stdout.write(`${JSON.stringify(result())}\n`);
}
