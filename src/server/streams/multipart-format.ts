import type { StreamFormat } from "./stream-format.ts";

const BOUNDARY = "graphql";

/**
 * Apollo's multipart protocol for subscriptions. The boundary follows each part at once: a parser hands out a part only
 * when it has read the boundary after it.
 *
 * Source: Apollo Router, "Multipart HTTP protocol for GraphQL subscriptions"
 */
export const MULTIPART_FORMAT: StreamFormat = {
  transport: "multipart",
  contentType: `multipart/mixed;boundary="${BOUNDARY}";subscriptionSpec="1.0"`,
  head: `\r\n--${BOUNDARY}`,
  message: ({ json }) => part(`{"payload":${json}}`),
  keepAlive: part("{}"),
  keepAliveMs: 5_000, // as Apollo Router; the protocol expects one every 5 to 15 seconds
  failure: (json) => `${part(`{"payload":${json}}`)}--\r\n`,
  complete: "--\r\n",
  // A failure of the transport itself, which Apollo Client's RetryLink sees as one.
  interrupted: ({ failure }) => `${part(`{"payload":null,${failure.slice(1)}`)}--\r\n`,
};

function part(json: string): string {
  return `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--${BOUNDARY}`;
}
