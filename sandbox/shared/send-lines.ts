import type { ServerResponse } from "node:http";

const BATCH_CHARACTERS = 256 * 1024;

/** Responds with lines of JSON, streamed no faster than the reader accepts them. */
export async function sendLines(response: ServerResponse, lines: Iterable<string>): Promise<void> {
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  let batch = "";
  for (const line of lines) {
    batch += `${line}\n`;
    if (batch.length < BATCH_CHARACTERS) continue;
    if (!response.write(batch)) {
      await new Promise<void>((resolve) => {
        response.once("drain", resolve);
        response.once("close", resolve);
      });
    }
    if (response.destroyed) return;
    batch = "";
  }
  response.end(batch);
}
