import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";

/** Settings of a process that erases sources. */
export interface ErasureSettings {
  readonly connection: ConnectionSettings;
  /** Point at which it kills itself, by SIGKILL: in the transaction of a batch, or after it. */
  readonly killAt: "never" | "before the commit" | "after the commit";
  /** Number of batches before that one. */
  readonly batches: number;
}

export interface ErasureProcess extends AsyncDisposable {
  /** Resolves with the id of the first source whose erasure it finishes; undefined if it ended before. */
  readonly finished: Promise<string | undefined>;
  /** Resolves with the signal that ended it, null when it ended by itself. */
  readonly exited: Promise<NodeJS.Signals | null>;
}

/** Starts it; it is stopped at the end of the scope. */
export function startErasureProcess(settings: ErasureSettings): ErasureProcess {
  const script = fileURLToPath(new URL("erasure-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => undefined); // it may have ended before it is stopped
  const exited = once(child, "close").then(() => child.signalCode);
  const line = once(createInterface({ input: child.stdout }), "line").then(([id]) => String(id));
  return {
    exited,
    finished: Promise.race([line, exited.then(() => undefined)]),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await exited;
      clearTimeout(late);
    },
  };
}
