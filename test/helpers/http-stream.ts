import { WAIT_LIMIT_MS } from "./eventually.ts";
import { within } from "./take.ts";

/** Formats of a response that is a stream. */
export const STREAM_FORMATS = ["sse", "multipart"] as const;
export type StreamKind = (typeof STREAM_FORMATS)[number];

export const ACCEPTS: Readonly<Record<StreamKind, string>> = {
  sse: "text/event-stream",
  multipart: 'multipart/mixed;subscriptionSpec="1.0", application/json',
};

/** One part of a stream. */
export interface StreamPart {
  /** `keep-alive` has no payload, `complete` is the end that the protocol announces. */
  readonly type: "next" | "keep-alive" | "complete" | "comment";
  readonly payload?: StreamPayload | null;
  /** Errors beside the payload: the transport's own. */
  readonly errors?: readonly StreamError[];
  readonly id?: string;
}

export interface StreamError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface StreamPayload {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly StreamError[];
}

export interface OpenStreamOptions {
  readonly url: string;
  readonly kind: StreamKind;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: POST. */
  readonly method?: "GET" | "POST";
}

/** A response as it arrives. */
export interface HttpStream extends AsyncDisposable {
  readonly status: number;
  readonly headers: Headers;
  /** The next part; undefined when the response has ended. Keep-alives and comments are skipped. */
  next(): Promise<StreamPart | undefined>;
  /** The next part of any type. */
  part(): Promise<StreamPart | undefined>;
  /** The whole rest as text. */
  text(): Promise<string>;
  close(): Promise<void>;
}

/** Sends an operation and reads the response with a parser of a few lines, which is no part of the server. */
export async function openStream({
  url,
  kind,
  body,
  headers,
  method = "POST",
}: OpenStreamOptions): Promise<HttpStream> {
  const leave = new AbortController();
  const query = new URLSearchParams(
    Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
  const response = await within(
    WAIT_LIMIT_MS,
    "the head of the response",
    fetch(`${url}/graphql${method === "GET" ? `?${query.toString()}` : ""}`, {
      method,
      headers: {
        accept: ACCEPTS[kind],
        ...(method === "POST" && { "content-type": "application/json" }),
        ...headers,
      },
      ...(method === "POST" && { body: JSON.stringify(body) }),
      signal: leave.signal,
    }),
  );
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const separator = kind === "sse" ? "\n\n" : "\r\n--graphql";
  let buffered = "";
  let isOver = false;

  async function piece(): Promise<string | undefined> {
    while (!isOver && !buffered.includes(separator)) {
      const { done, value } = await within(WAIT_LIMIT_MS, "a part", reader.read());
      if (done) isOver = true;
      else buffered += value;
    }
    const end = buffered.indexOf(separator);
    if (end < 0) return undefined;
    const text = buffered.slice(0, end);
    buffered = buffered.slice(end + separator.length);
    return text;
  }

  async function part(): Promise<StreamPart | undefined> {
    const text = await piece();
    if (text !== undefined) return kind === "sse" ? sseEvent(text) : (multipartPart(text) ?? (await part()));
    if (kind === "multipart" && buffered.startsWith("--")) {
      buffered = "";
      return { type: "complete" };
    }
    return undefined;
  }

  async function close(): Promise<void> {
    leave.abort();
    await reader.cancel().catch(() => undefined); // aborted already
  }

  return {
    status: response.status,
    headers: response.headers,
    part,
    async next() {
      for (;;) {
        const one = await part();
        if (one === undefined || one.type === "next" || one.type === "complete") return one;
      }
    },
    async text() {
      let rest = buffered;
      for (;;) {
        const { done, value } = await within(WAIT_LIMIT_MS, "the rest", reader.read());
        if (done) return rest;
        rest += value;
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function sseEvent(text: string): StreamPart {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    fields.set(name, value);
  }
  const comment = fields.get("");
  if (!fields.has("event")) return comment === "" ? { type: "keep-alive" } : { type: "comment" };
  const id = fields.get("id");
  if (fields.get("event") === "complete") return { type: "complete" };
  const payload = JSON.parse(fields.get("data") ?? "") as StreamPayload; // from our own server
  return { type: "next", payload, ...(id !== undefined && { id }) };
}

/** Undefined for what comes before the first part. */
function multipartPart(text: string): StreamPart | undefined {
  const [, body] = text.split("\r\n\r\n");
  if (body === undefined) return undefined;
  const { payload, errors } = JSON.parse(body) as Pick<StreamPart, "payload" | "errors">; // from our own server
  if (payload === undefined) return { type: "keep-alive" };
  return { type: "next", payload, ...(errors !== undefined && { errors }) };
}
