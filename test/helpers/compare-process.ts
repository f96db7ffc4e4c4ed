import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ConnectionSettings } from "../../src/store/connection.ts";

/** Settings of a replica that compares a Stripe source with what is stored. */
export interface CompareSettings {
  readonly connection: ConnectionSettings;
  readonly tenantId: string;
  readonly sourceId: string;
  /** Settings of the source. */
  readonly config: unknown;
  readonly stream: string;
  /** Days that are compared, RFC 3339. */
  readonly range: { readonly from: string; readonly to: string };
  /** Names the comparison: the first replica starts it, others continue it. */
  readonly idempotencyKey: string;
  /**
   * Point at which it kills itself, by SIGKILL: after a part of the listing is recorded, before or after the commit of a
   * page of what was not listed, or before or after the commit of the transaction that repairs a difference.
   */
  readonly killAt: "LISTED" | "FINDING_UNLISTED" | "FOUND_UNLISTED" | "REPAIRING" | "REPAIRED";
}

/** Starts a replica that begins or continues a comparison; resolves when it has killed itself. */
export async function runCompareProcess(settings: CompareSettings): Promise<void> {
  const script = fileURLToPath(new URL("compare-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ["ignore", "ignore", "inherit"] });
  await once(child, "close");
  if (child.signalCode !== "SIGKILL") throw new Error(`it ended by itself: ${child.exitCode}`);
}
