import type { IncomingMessage } from "node:http";

/** Far above any request of the API or the control API. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The whole body as text. Undefined when it is too large. Rejects when the client disconnects. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
