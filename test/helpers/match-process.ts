import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";

/** Settings of a process that matches payouts. */
export interface MatchSettings {
  readonly connection: ConnectionSettings;
  readonly tenantId: string;
  readonly today: string;
  /** Point at which it kills itself, by SIGKILL: in the transaction of a step, or after it. */
  readonly killAt: "never" | "before the commit" | "after the commit";
  /** Number of steps before that one. */
  readonly steps: number;
}

/** Runs it until it ends. @returns the signal that ended it; null when it ended by itself */
export async function runMatchProcess(settings: MatchSettings): Promise<NodeJS.Signals | null> {
  const script = fileURLToPath(new URL("match-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  await once(child, "close");
  return child.signalCode;
}
