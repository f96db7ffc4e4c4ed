import { callControl } from "../../sandbox/shared/call-control.ts";
import type { RunningSandbox } from "../../sandbox/shared/sandbox.ts";

/** Calls a sandbox's control API. Rejects with its response when it refuses. */
export function control(sandbox: RunningSandbox, method: string, path: string, body?: unknown): Promise<unknown> {
  return callControl(sandbox.url, { method, path, body });
}
