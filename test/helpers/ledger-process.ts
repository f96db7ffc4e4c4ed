import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";

export interface LedgerProcessSettings {
  readonly connection: ConnectionSettings;
  readonly sourceId: string;
  /** Settings of the source. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Begins a full read with this key, unless it has begun. Undefined: the feed begins the first read itself. */
  readonly fullRead: string | undefined;
  /** When it kills itself: before the commit of its second chunk of payments, or after it. */
  readonly killAt: "COMMIT" | "COMMITTED" | "NEVER";
}

/** A replica that reads and follows a core database until the end of the scope. */
export interface LedgerProcess extends AsyncDisposable {
  /** Its resident memory in bytes, ten times a second from its start. */
  readonly memory: readonly number[];
}

/** Starts a replica that reads and follows a core database. */
export function startLedgerProcess(settings: Omit<LedgerProcessSettings, "killAt" | "fullRead">): LedgerProcess {
  const child = start({ ...settings, killAt: "NEVER", fullRead: undefined });
  const ended = once(child, "close");
  const memory: number[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => memory.push(Number(line)));
  return {
    memory,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Starts a replica that reads and follows a core database; resolves when it has killed itself. */
export async function runLedgerProcess(settings: LedgerProcessSettings): Promise<void> {
  const child = start(settings);
  child.stdout.resume();
  await once(child, "close");
  if (child.signalCode !== "SIGKILL") throw new Error(`it ended by itself: ${child.exitCode}`);
}

function start(settings: LedgerProcessSettings) {
  const script = fileURLToPath(new URL("ledger-child.ts", import.meta.url));
  return spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "pipe", "inherit"] });
}
