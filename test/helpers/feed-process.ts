import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";

export interface FeedProcessSettings {
  readonly connection: ConnectionSettings;
  readonly sourceId: string;
  /** When it kills itself: before the commit of two changes, or after it and before they are acknowledged. */
  readonly killAt: "COMMIT" | "ACKNOWLEDGE";
}

/** Starts a replica that follows a scripted feed; resolves when it has killed itself. */
export async function runFeedProcess(settings: FeedProcessSettings): Promise<void> {
  const script = fileURLToPath(new URL("feed-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "ignore", "inherit"] });
  await once(child, "close");
  if (child.signalCode !== "SIGKILL") throw new Error(`it ended by itself: ${child.exitCode}`);
}
