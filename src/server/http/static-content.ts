import type { FastifyReply, FastifyRequest } from "fastify";
import { createHash } from "node:crypto";
import { acceptedEncoding, compress, type Encoding } from "./encoding.ts";

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
export const ENCODINGS = ["br", "gzip"] as const satisfies readonly Encoding[];

/** A year, which is the longest that caches keep: a changed file has another path. */
export const FOREVER = "public, max-age=31536000, immutable";

/** @param compressed what is compressed already; everything else is compressed when a client first accepts it */
export function staticContent(
  type: string,
  bytes: Buffer,
  compressed: ReadonlyMap<Encoding, Buffer> = new Map(),
): StaticContent {
  const done = new Map([...compressed].map(([encoding, content]) => [encoding, Promise.resolve(content)]));
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
