import type { FastifyReply, FastifyRequest } from "fastify";
import { createGunzip } from "node:zlib";
import { ServiceError } from "../../domain/error.ts";
import { keepPace, type UploadPace } from "./upload-pace.ts";

/** Longest name of a file, in UTF-16 code units. */
const MAX_NAME_CHARACTERS = 200;
const NAME_HEADER = "x-file-name";
/**
 * Time for which the rest of an unwanted body is read: closing a socket with unread bytes also discards the response.
 */
const LINGER_MS = 5_000;

/**
 * Returns the name of an uploaded file: the last path segment of `X-File-Name`, percent-decoded; undefined without the
 * header.
 * @throws ServiceError INVALID_INPUT
 */
export function fileNameOf({ headers }: FastifyRequest): string | undefined {
  const given = headers[NAME_HEADER];
  if (given === undefined) return undefined;
  const name = decoded(String(given)).split(/[/\\]/).at(-1) ?? "";
  if (name.length > MAX_NAME_CHARACTERS) throw badName(`must have at most ${MAX_NAME_CHARACTERS} characters`);
  if (/\p{Cc}/u.test(name)) throw badName("must not contain control characters");
  if (name === "" || name === "." || name === "..") throw badName("must end with the name of a file");
  return name;
}

/** Node reads a header's bytes as Latin-1; clients that do not percent-encode send UTF-8. */
function decoded(header: string): string {
  try {
    return decodeURIComponent(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(header, "latin1")));
  } catch {
    throw badName("must be percent-encoded UTF-8");
  }
}

function badName(rule: string): ServiceError {
  return new ServiceError("INVALID_INPUT", `${NAME_HEADER} ${rule}`);
}

export interface UploadBody {
  /** Decompressed bytes. If they are not read to the end, the connection is left as it is. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Aborted when the body arrives too slowly; its reason is the error for the client. */
  readonly signal: AbortSignal;
}

/** Returns the body of a request as a stream. @throws ServiceError INVALID_INPUT for an encoding that is not gzip */
export function uploadBody({ raw, headers }: FastifyRequest, pace?: UploadPace): UploadBody {
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip" && encoding !== "x-gzip") {
    throw new ServiceError("INVALID_INPUT", "content-encoding must be gzip, or left out");
  }
  const tooSlow = new AbortController();
  const stop = (reason: Error): void => tooSlow.abort(reason);
  const plain = encoding === "identity" ? raw.iterator({ destroyOnReturn: false }) : unzipped(raw);
  const bytes = keepPace(plain as AsyncIterable<Buffer>, () => raw.socket.bytesRead, stop, pace); // no encoding: bytes
  return { bytes, signal: tooSlow.signal };
}

async function* unzipped(raw: FastifyRequest["raw"]): AsyncGenerator<Uint8Array, void> {
  const gunzip = createGunzip();
  const onEnd = (): void =>
    void (raw.complete || gunzip.destroy(new ServiceError("CANCELED", "the client disconnected")));
  raw.once("close", onEnd);
  raw.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>; // no encoding is set: bytes
  } catch (reason) {
    if (reason instanceof ServiceError) throw reason;
    throw new ServiceError("INVALID_INPUT", "the body is not complete gzip data", { cause: reason });
  } finally {
    raw.off("close", onEnd);
    raw.unpipe(gunzip);
    gunzip.destroy();
  }
}

/** Returns the number of bytes that the client declares; undefined if it declares none, or sends them compressed. */
export function announcedBytes({ headers }: FastifyRequest): number | undefined {
  if (headers["content-encoding"] !== undefined || headers["content-length"] === undefined) return undefined;
  return Number(headers["content-length"]); // Node rejects a request whose length is not a number
}

/**
 * Responds in JSON, even while the client is still sending a file: its body is then read for a while, so that it
 * receives the response.
 */
export function answer(request: FastifyRequest, reply: FastifyReply, status: number, body: unknown): FastifyReply {
  void reply.code(status).type("application/json; charset=utf-8").header("cache-control", "no-store");
  const isSending = request.routeOptions.config.isUpload === true && !request.raw.complete && !request.raw.destroyed;
  if (!isSending) return reply.send(JSON.stringify(body));
  const text = Buffer.from(JSON.stringify(body));
  reply.hijack();
  const headers = { ...reply.getHeaders(), connection: "close", "content-length": text.byteLength };
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(status).write(text);
  const end = (): void => {
    clearTimeout(timer);
    reply.raw.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  request.raw.once("end", end).once("close", end).resume();
  return reply;
}
