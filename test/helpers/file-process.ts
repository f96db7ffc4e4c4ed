import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";

export interface FileProcess {
  /** Resolves when it has killed itself. */
  readonly killed: Promise<unknown>;
}

export interface FileProcessSettings {
  readonly connection: ConnectionSettings;
  /** False: it only applies what is stored. Default: true. */
  readonly sends?: boolean;
}

/** A replica that receives a file of three statements, `crash`, and kills itself once the first of them is stored. */
export async function startFileProcess(settings: FileProcessSettings): Promise<FileProcess> {
  const script = fileURLToPath(new URL("file-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "ignore", "inherit"] });
  const killed = once(child, "close").then(() => {
    if (child.signalCode !== "SIGKILL") throw new Error(`it ended by itself: ${child.exitCode}`);
  });
  await once(child, "spawn");
  return { killed };
}
