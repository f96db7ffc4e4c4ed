import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { createInterface } from "node:readline";

/** Runs a script with one argument until the first line of its output. */
export function runScript(script: string, argument: string, timeoutMs = 60_000): Promise<string> {
  const stdio: StdioOptions = ["ignore", "pipe", "inherit"];
  const child = spawn(process.execPath, [script, argument], { stdio, timeout: timeoutMs });
  return firstLine(child);
}

/** The first line of a process's output. */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("its output is piped");
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error("it ended before it was ready");
}
