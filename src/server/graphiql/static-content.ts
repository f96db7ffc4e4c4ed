import type { FastifyReply, FastifyRequest } from "fastify";
import { createHash } from "node:crypto";
import { acceptedEncoding, compress, type Encoding } from "../http/encoding.ts";

/** Content that does not change while the process runs. */
export interface StaticContent {
  readonly type: string;
  readonly bytes: Buffer;
  /** SHA-256 of the content, shortened: names it in URLs and in `ETag`. */
  readonly hash: string;
  /** Returns the compressed content; it is compressed once. */
  encoded(encoding: Encoding): Promise<Buffer>;
}

/** Brotli first: it is compressed once, and a fifth smaller. */
const ENCODINGS = ["br", "gzip"] as const;

export function staticContent(type: string, bytes: Buffer): StaticContent {
  const done = new Map<Encoding, Promise<Buffer>>();
  return {
    type,
    bytes,
    hash: createHash("sha256").update(bytes).digest("hex").slice(0, 16),
    encoded(encoding) {
      const known = done.get(encoding) ?? compress(bytes, encoding);
      done.set(encoding, known);
      return known;
    },
  };
}

/** Sends content in the coding that the client accepts, or 304 if the client has it. */
export async function sendStatic(content: StaticContent, request: FastifyRequest, reply: FastifyReply) {
  const etag = `"${content.hash}"`;
  void reply.header("etag", etag).header("vary", "accept, accept-encoding").header("x-content-type-options", "nosniff");
  if (
    request.headers["if-none-match"]
      ?.replaceAll("W/", "")
      .split(/\s*,\s*/)
      .includes(etag) === true
  )
    return reply.code(304).send();
  void reply.type(content.type);
  const encoding = acceptedEncoding(request.headers["accept-encoding"], ENCODINGS);
  if (encoding === undefined) return reply.send(content.bytes);
  return reply.header("content-encoding", encoding).send(await content.encoded(encoding));
}
