import { setTimeout as pause } from "node:timers/promises";
import type { ServerResponse } from "node:http";
import type { Faults } from "./faults.ts";
import { wrongDate } from "./wrong-date.ts";

/** A response that is ready to be written. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

const HTML =
  "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>";

/** Writes a response, modified by the active faults. Returns the status that was sent, 0 for none. */
export async function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  options: { readonly faults: Faults; readonly path: string; readonly signal: AbortSignal },
): Promise<number> {
  const { faults, path, signal } = options;
  const { status, text, headers } = answer;
  const date = wrongDate(faults, path);
  if (date !== undefined) response.setHeader("Date", date);
  if (faults.strike("dropAfterEffect", path)) {
    response.destroy();
    return 0;
  }
  if (faults.strike("htmlBodies", path)) return send(response, 200, { ...headers, "Content-Type": "text/html" }, HTML);
  if (faults.strike("emptyBodies", path)) return send(response, 200, headers, "");
  if (faults.strike("malformedBodies", path)) return send(response, status, headers, malform(text));
  if (faults.strike("truncateBodies", path)) return truncate(response, answer);
  const slow = faults.strike("slowBodies", path);
  if (slow) return drip(response, answer, { bytesPerSecond: slow.value ?? 1, signal });
  return send(response, status, headers, text);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  text: string,
): number {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  response.end(bytes);
  return status;
}

/** Text of the same length in which a value in the middle has lost its quotes and a bracket is of the wrong kind. */
function malform(text: string): string {
  const middle = text.indexOf('":', Math.floor(text.length / 2));
  if (middle < 0) return text.slice(0, -1);
  return `${text.slice(0, middle)}'}:${text.slice(middle + 3)}`;
}

/** Announces the whole body, sends half of it and closes the connection. */
function truncate(response: ServerResponse, { status, headers, text }: Answer): number {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
  return status;
}

/** Sends the body a few bytes at a time until the client or the server gives up. */
async function drip(
  response: ServerResponse,
  { status, headers, text }: Answer,
  { bytesPerSecond, signal }: { readonly bytesPerSecond: number; readonly signal: AbortSignal },
): Promise<number> {
  const bytes = Buffer.from(text);
  response.writeHead(status, { ...headers, "Content-Length": bytes.length });
  const size = Math.max(1, Math.ceil(bytesPerSecond / 10));
  for (let at = 0; at < bytes.length && !response.destroyed && !signal.aborted; at += size) {
    response.write(bytes.subarray(at, at + size));
    await pause((1000 * size) / bytesPerSecond, undefined, { signal }).catch(() => undefined);
  }
  response.end();
  return status;
}
