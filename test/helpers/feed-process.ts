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
export function runFeedProcess(settings: FeedProcessSettings): Promise<void> {
  return runToKill("feed-child.ts", settings);
}

export interface GapProcessSettings {
  readonly connection: ConnectionSettings;
  readonly sourceId: string;
  /** When it kills itself: its second batch is fetched and written, and is not committed, or just is. */
  readonly killAt: "COMMIT" | "COMMITTED";
}

/** Starts a replica that repairs a gap, as gap-source.ts has it; resolves when it has killed itself. */
export function runGapProcess(settings: GapProcessSettings): Promise<void> {
  return runToKill("gap-child.ts", settings);
}

async function runToKill(name: string, settings: object): Promise<void> {
  const script = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "ignore", "inherit"] });
  await once(child, "close");
  if (child.signalCode !== "SIGKILL") throw new Error(`it ended by itself: ${child.exitCode}`);
}
