import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";
import type { StripeSource } from "./inbox-service.ts";

/** Settings of a replica. */
export interface ChildSettings {
  readonly connection: ConnectionSettings;
  readonly sources: readonly StripeSource[];
  /**
   * Point at which it kills itself, when it is first reached. The mark records that a delivery is applied, the failure
   * that an attempt failed; a refetch is stored after the upstream has answered; the poison is a delivery about the
   * object `cus_poison`.
   */
  readonly killAt:
    | "never"
    | "before the commit"
    | "after the commit"
    | "before the mark"
    | "at the poison"
    | "before the refetch is stored"
    | "before the failure"
    | "after the failure";
  /** True if it only stores deliveries and applies none. */
  readonly idle?: boolean;
}

export interface InboxProcess extends AsyncDisposable {
  readonly url: string;
  /** Resolves with the signal that ended it, null when it ended by itself. */
  readonly exited: Promise<NodeJS.Signals | null>;
}

/** Starts a replica; it is stopped at the end of the scope, forcibly if necessary. */
export async function startInboxProcess(settings: ChildSettings): Promise<InboxProcess> {
  const script = fileURLToPath(new URL("inbox-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.on("error", () => undefined); // it may have ended before it is stopped
  const exited = once(child, "close").then(() => child.signalCode);
  const [url] = (await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    exited.then(() => Promise.reject(new Error("the replica ended before it was ready"))),
  ])) as [string];
  const stop = async (): Promise<void> => {
    child.stdin.end();
    const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
    await exited;
    clearTimeout(late);
  };
  return { url, exited, [Symbol.asyncDispose]: stop };
}
