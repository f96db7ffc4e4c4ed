import { spawn } from "node:child_process";
import { errorText } from "./failure.ts";
import type { ServerUser } from "./server-user.ts";

/** Enough for every message of initdb; more is dropped. */
const MAX_OUTPUT_CHARS = 16_384;

export interface ProgramResult {
  /** True if it ran and exited with 0. */
  readonly ok: boolean;
  /** stdout and stderr, or the reason why it could not be started. */
  readonly output: string;
}

/**
 * The complete environment of spawned programs. Our own is not passed on: it holds secrets that the server's account
 * could read in /proc, and variables such as PGPORT or LC_ALL that would change the server.
 */
export const PROGRAM_ENV = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as const;

/**
 * Runs a short program to its end. Never throws for a failing program; kills it and throws when the signal is aborted.
 */
export async function runProgram(options: {
  readonly file: string;
  readonly args: readonly string[];
  readonly user: ServerUser | undefined;
  readonly signal: AbortSignal;
  /** An open folder that is passed to the program as file descriptor 3. */
  readonly folderFd?: number | undefined;
}): Promise<ProgramResult> {
  options.signal.throwIfAborted();
  const child = spawn(options.file, options.args, {
    ...options.user,
    env: PROGRAM_ENV,
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe", options.folderFd ?? "ignore"],
  });
  let output = "";
  const collect = (chunk: Buffer): void => {
    if (output.length < MAX_OUTPUT_CHARS) output += chunk.toString("utf8");
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const kill = (): void => void child.kill("SIGKILL");
  options.signal.addEventListener("abort", kill);
  try {
    const ok = await new Promise<boolean>((resolve) => {
      child.once("error", (reason) => {
        output += errorText(reason);
        resolve(false);
      });
      child.once("close", (code) => resolve(code === 0));
    });
    options.signal.throwIfAborted();
    return { ok, output };
  } finally {
    options.signal.removeEventListener("abort", kill);
  }
}
