import type { ServerHttp2Stream } from "node:http2";
import { CallError, STATUS, type StatusName } from "./status.ts";

const PREFIX_BYTES = 5;
/** Far above any request of the contract. */
const MAX_REQUEST_BYTES = 64 * 1024;

/** A message with its prefix: not compressed, four bytes of length. Source: gRPC, doc/PROTOCOL-HTTP2.md. */
export function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

/** Reads the only message of a request. */
export async function readMessage(stream: ServerHttp2Stream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) throw new CallError("RESOURCE_EXHAUSTED", "the request is too large");
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length < PREFIX_BYTES || bytes.readUInt32BE(1) !== bytes.length - PREFIX_BYTES)
    throw new CallError("INTERNAL", "the request is not one message");
  if (bytes[0] !== 0) throw new CallError("UNIMPLEMENTED", "compressed requests are not supported");
  return bytes.subarray(PREFIX_BYTES);
}

/**
 * Sends the headers of a successful response; `end` or `endWith` must follow.
 * @param date time of the response. Default: the system's
 */
export function begin(stream: ServerHttp2Stream, date?: string): void {
  const headers = { ":status": 200, "content-type": "application/grpc+proto", ...(date !== undefined && { date }) };
  stream.respond(headers, { waitForTrailers: true });
}

/** Ends a response that has begun, with a status in its trailers. */
export function endWith(stream: ServerHttp2Stream, status: StatusName, message = ""): void {
  if (stream.destroyed || stream.writableEnded) return;
  stream.once("wantTrailers", () => stream.sendTrailers(trailersOf(status, message)));
  stream.end();
}

/** Answers without a message: headers and trailers are one block. */
export function refuse(stream: ServerHttp2Stream, { status, message, trailers }: CallError): void {
  if (stream.destroyed) return;
  if (stream.headersSent) return endWith(stream, status, message);
  const headers = { ":status": 200, "content-type": "application/grpc+proto" };
  stream.respond({ ...headers, ...trailersOf(status, message), ...trailers }, { endStream: true });
}

function trailersOf(status: StatusName, message: string): Record<string, string> {
  return { "grpc-status": String(STATUS[status]), "grpc-message": encodeURIComponent(message) };
}
