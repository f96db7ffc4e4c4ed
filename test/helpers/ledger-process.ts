import { spawn } from "node:child_process";
import { once } from "node:events";
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
  readonly killAt: "COMMIT" | "COMMITTED";
}

/** Starts a replica that reads and follows a core database; resolves when it has killed itself. */
export async function runLedgerProcess(settings: LedgerProcessSettings): Promise<void> {
  const script = fileURLToPath(new URL("ledger-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "ignore", "inherit"] });
  await once(child, "close");
  if (child.signalCode !== "SIGKILL") throw new Error(`it ended by itself: ${child.exitCode}`);
}
