import type { StreamFormat } from "./stream-format.ts";

/**
 * Server-sent events in the mode "distinct connections" of graphql-sse. With the position of an event as its id, which the
 * protocol leaves free, a browser's EventSource resumes by itself. A stream that is interrupted ends without `complete`,
 * so that clients connect again.
 *
 * Source: PROTOCOL.md of enisdenjo/graphql-sse; HTML standard, "Server-sent events"
 */
export const SSE_FORMAT: StreamFormat = {
  transport: "sse",
  contentType: "text/event-stream; charset=utf-8",
  head: ":\n\n",
  message: ({ json, cursor }) => `event: next\n${cursor === undefined ? "" : `id: ${cursor}\n`}data: ${json}\n\n`,
  keepAlive: ":\n\n",
  keepAliveMs: 12_000,
  failure: (json) => `event: next\ndata: ${json}\n\nevent: complete\ndata:\n\n`,
  // EventSource does not dispatch an event without data.
  complete: "event: complete\ndata:\n\n",
  interrupted: ({ reason }) => `: ${reason}\n\n`,
};
