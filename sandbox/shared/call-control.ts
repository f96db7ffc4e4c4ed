/** A call of a sandbox's control API. */
export interface ControlCall {
  readonly method: string;
  /** Below `/_sandbox/`, with its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** A sandbox that does not respond within this time fails the call: a test must not hang. */
const TIMEOUT_MS = 60_000;

/**
 * Calls the control API of the sandbox at `url` and returns the text of its response. The one place where tests do: a
 * fault that was not set would let a test pass without its subject.
 * @throws Error when the call is refused, with the status and the reason
 */
export async function callControlText(url: string, { method, path, body }: ControlCall): Promise<string> {
  const response = await fetch(`${url}/_sandbox/${path}`, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text;
}

/** Like `callControlText`, for a response that is JSON; undefined if it is empty. */
export async function callControl(url: string, call: ControlCall): Promise<unknown> {
  const text = await callControlText(url, call);
  return text === "" ? undefined : JSON.parse(text);
}
