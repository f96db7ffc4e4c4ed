import { z } from "zod";

/** What a replica of the benchmark is told, as its first argument. */
export const taskSchema = z.object({
  connection: z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }),
  baseUrl: z.string(),
  limit: z.number(),
  /** Calls that want to be made at any time. */
  readers: z.number(),
});
export type Task = z.infer<typeof taskSchema>;

/** What a replica prints at the end. */
export const resultSchema = z.object({ sent: z.number(), storeCalls: z.number() });
export type Result = z.infer<typeof resultSchema>;

/** @throws ZodError */
export function readTask(): Task {
  return taskSchema.parse(JSON.parse(process.argv[2] ?? ""));
}

/** Runs `readers` loops of `call` until the process's input ends; then prints what `result` says. */
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
