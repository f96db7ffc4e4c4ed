import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";

/** Settings of a process that sends alerts. */
export interface AlertChildSettings {
  readonly connection: ConnectionSettings;
  /** Master key in base64. */
  readonly key: string;
  /** Point at which it kills itself, by SIGKILL. */
  readonly killAt: "before the messages are stored" | "before they are sent" | "before the result is stored";
}

/** Starts it, and resolves with the signal that ended it. */
export async function runAlertProcess(settings: AlertChildSettings): Promise<NodeJS.Signals | null> {
  const script = fileURLToPath(new URL("alert-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "ignore", "inherit"] });
  child.stdin.on("error", () => undefined);
  await once(child, "close");
  return child.signalCode;
}
