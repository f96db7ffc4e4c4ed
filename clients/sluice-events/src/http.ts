import { type Connection, ConnectionRefused, type Result, type Transport } from "./transport.ts";

/** The function `fetch`, or one like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Server-sent events. */
export function sse(fetch: Fetch = globalThis.fetch): Transport {
  return async function* (connection) {
    const response = await open(fetch, connection, "text/event-stream");
    for await (const block of blocks(response, "\n\n")) {
      const lines = block.split("\n");
      if (lines.includes("event: complete")) return;
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
      if (lines.includes("event: next")) yield JSON.parse(data.join("\n")) as Result; // the server's own format
    }
  };
}

/** Apollo's multipart protocol. */
export function multipart(fetch: Fetch = globalThis.fetch): Transport {
  return async function* (connection) {
    const response = await open(fetch, connection, 'multipart/mixed;subscriptionSpec="1.0", application/json');
    const boundary = /boundary="?([^";]+)"?/.exec(response.headers.get("content-type") ?? "")?.[1] ?? "graphql";
    for await (const block of blocks(response, `\r\n--${boundary}`)) {
      const [, body] = block.split("\r\n\r\n");
      if (body === undefined) continue;
      const { payload, errors } = JSON.parse(body) as Part; // the server's own format
      if (errors !== undefined) return; // the stream was interrupted
      if (payload !== undefined && payload !== null) yield payload;
    }
  };
}

interface Part {
  readonly payload?: Result | null;
  readonly errors?: unknown;
}

/** The server sends something every 12 seconds; a connection that is silent for longer is lost. */
const SILENCE_MS = 40_000;

async function open(fetch: Fetch, connection: Connection, accept: string): Promise<Response> {
  const { url, authorization, query, variables, signal } = connection;
  const response = await fetch(url, {
    method: "POST",
    headers: { accept, "content-type": "application/json", ...(authorization !== undefined && { authorization }) },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  if (response.ok && !(response.headers.get("content-type") ?? "").includes("application/json")) return response;
  const text = await response.text();
  const { status } = response;
  const isTemporary = status === 408 || status === 429 || status >= 500;
  throw isTemporary ? new Error(`the server answered ${status}`) : new ConnectionRefused(status, text.slice(0, 1_000));
}

/** Yields the text between separators; what comes after the last one is incomplete. */
async function* blocks({ body }: Response, separator: string): AsyncGenerator<string, void> {
  if (body === null) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const timer = setTimeout(() => void reader.cancel().catch(() => undefined), SILENCE_MS);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      text += decoder.decode(value, { stream: true });
      const parts = text.split(separator);
      text = parts.pop() ?? "";
      yield* parts;
    }
  } finally {
    await reader.cancel().catch(() => undefined); // the connection is lost already
  }
}
