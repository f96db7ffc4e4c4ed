import { type Connection, ConnectionRefused, type Result, type Transport } from "./transport.ts";

/** The function `fetch`, or one like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Server-sent events. */
export function sse(fetch: Fetch = globalThis.fetch): Transport {
  return async function* (connection) {
    const response = await open(fetch, connection, "text/event-stream");
    if (isJson(response)) return yield (await response.json()) as Result;
    for await (const block of blocks(response, /\r\n\r\n|\n\n|\r\r/)) {
      const fields = fieldsOf(block);
      const [event] = fields.get("event") ?? [];
      if (event === "complete") return;
      const data = fields.get("data")?.join("\n") ?? "";
      if (event === "next" && data !== "") yield JSON.parse(data) as Result; // GraphQL over SSE says so
    }
  };
}

/** Values of an event's fields in their order: servers differ in line ends, and in the space after the colon. */
function fieldsOf(block: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const line of block.split(/\r\n|\n|\r/)) {
    const colon = line.indexOf(":");
    const [name, value] = colon < 0 ? [line, ""] : [line.slice(0, colon), line.slice(colon + 1)];
    const values = fields.get(name);
    const text = value.startsWith(" ") ? value.slice(1) : value;
    if (values === undefined) fields.set(name, [text]);
    else values.push(text);
  }
  return fields;
}

/** Apollo's multipart protocol, and the parts without an envelope that some gateways send. */
export function multipart(fetch: Fetch = globalThis.fetch): Transport {
  return async function* (connection) {
    const response = await open(fetch, connection, MULTIPART);
    if (isJson(response)) return yield (await response.json()) as Result;
    const boundary = /boundary="?([^";]+)"?/.exec(response.headers.get("content-type") ?? "")?.[1] ?? "graphql";
    for await (const block of blocks(response, `\r\n--${boundary}`, isWholePart)) {
      const body = bodyOf(block);
      if (body === undefined) continue;
      const part = JSON.parse(body) as Part; // one of the two forms
      if ("data" in part) yield part;
      else if (part.errors !== undefined) return; // the stream was interrupted
      else if (part.payload !== undefined && part.payload !== null) yield part.payload;
    }
  };
}

/** Some gateways answer with JSON, which is an error for a subscription, unless it comes last. */
const MULTIPART = 'multipart/mixed;subscriptionSpec="1.0", application/json;q=0.1';

/** Undefined for text that is no part: what comes before the first one. */
const bodyOf = (block: string): string | undefined => block.split("\r\n\r\n")[1];

/** Some gateways send the boundary after a part only together with the next part. */
function isWholePart(text: string): boolean {
  const body = bodyOf(text);
  if (body === undefined || !body.endsWith("}")) return false;
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false; // more is to come
  }
}

interface Part extends Result {
  readonly payload?: Result | null;
}

const isJson = ({ headers }: Response): boolean => (headers.get("content-type") ?? "").includes("application/json");

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
  if (response.ok) return response;
  const text = await response.text();
  const { status } = response;
  const isTemporary = status === 408 || status === 429 || status >= 500;
  throw isTemporary ? new Error(`the server answered ${status}`) : new ConnectionRefused(status, text.slice(0, 1_000));
}

/** Yields the text between separators; what comes after the last one is incomplete, unless `isWhole` says otherwise. */
async function* blocks(
  { body }: Response,
  separator: string | RegExp,
  isWhole: (text: string) => boolean = () => false,
): AsyncGenerator<string, void> {
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
      if (!isWhole(text)) continue;
      yield text;
      text = "";
    }
  } finally {
    await reader.cancel().catch(() => undefined); // the connection is lost already
  }
}
