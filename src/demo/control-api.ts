import { setTimeout as pause } from "node:timers/promises";

/** A call of the control API of a sandbox. */
export interface ControlCall {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `/_sandbox/`. */
  readonly path: string;
  readonly body?: unknown;
  /** HTTP statuses that mean that there is no value: undefined. */
  readonly absent?: readonly number[];
  readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 60_000;

/** Calls the control API of the sandbox at `url` and returns the JSON of its response. Rejects when it is refused. */
export async function callSandbox(url: string, call: ControlCall): Promise<unknown> {
  const { method, path, body, absent = [], signal } = call;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(`${url}/_sandbox/${path}`, {
    method,
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (absent.includes(response.status)) return undefined;
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

/** Waits, without keeping the process alive. Rejects when the signal aborts. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
  return pause(ms, undefined, { signal, ref: false });
}
