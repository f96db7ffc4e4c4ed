/** Calls the control API of the sandbox at `url`; the JSON of its answer. Rejects when it refuses. */
export async function callControl(
  url: string,
  call: { readonly method: string; readonly path: string; readonly body?: unknown },
): Promise<unknown> {
  const response = await fetch(`${url}/_sandbox/${call.path}`, {
    method: call.method,
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${call.method} ${call.path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
