import type { FastifyReply, FastifyRequest } from "fastify";
import { createGunzip } from "node:zlib";
import { ServiceError } from "../domain/error.ts";

/** Longest name of a file, in UTF-16 code units. */
const MAX_NAME_CHARACTERS = 200;
const NAME_HEADER = "x-file-name";
/** Longest time without a byte. */
const IDLE_MS = 30_000;
/** How long the rest of a body is read that nobody wants: a socket closed with bytes unread takes its answer with it. */
const LINGER_MS = 5_000;

/**
 * The name of an uploaded file: the last part of what `X-File-Name` says, percent-decoded; undefined without the header.
 * @throws ServiceError INVALID_INPUT
 */
export function fileNameOf({ headers }: FastifyRequest): string | undefined {
  const given = headers[NAME_HEADER];
  if (given === undefined) return undefined;
  const name = decoded(String(given)).split(/[/\\]/).at(-1) ?? "";
  if (name.length > MAX_NAME_CHARACTERS) throw badName(`must have ${MAX_NAME_CHARACTERS} characters at most`);
  if (/\p{Cc}/u.test(name)) throw badName("must hold no control characters");
  if (name === "" || name === "." || name === "..") throw badName("must end with the name of a file");
  return name;
}

/** Node reads a header's bytes as Latin-1; those who do not percent-encode send UTF-8. */
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
  /** Plain. Not read to its end, it leaves the connection as it is. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Aborted when the body has stood still for too long. */
  readonly signal: AbortSignal;
}

/** The body of a request, as it comes. @throws ServiceError INVALID_INPUT for an encoding that is not gzip */
export function uploadBody({ raw, headers }: FastifyRequest): UploadBody {
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "gzip" && encoding !== "x-gzip") {
    throw new ServiceError("INVALID_INPUT", "content-encoding must be gzip, or left out");
  }
  const idle = new AbortController();
  const stop = (): void => idle.abort(new ServiceError("CANCELED", "the upload stood still for too long"));
  const plain = encoding === "identity" ? raw.iterator({ destroyOnReturn: false }) : unzipped(raw);
  return { bytes: watched(plain as AsyncIterable<Buffer>, stop), signal: idle.signal }; // no encoding is set: bytes
}

async function* watched(pieces: AsyncIterable<Uint8Array>, onIdle: () => void): AsyncGenerator<Uint8Array, void> {
  const timer = setTimeout(onIdle, IDLE_MS);
  try {
    for await (const piece of pieces) {
      timer.refresh();
      yield piece;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function* unzipped(raw: FastifyRequest["raw"]): AsyncGenerator<Uint8Array, void> {
  const gunzip = createGunzip();
  const onEnd = (): void => void (raw.complete || gunzip.destroy(new ServiceError("CANCELED", "the client has gone")));
  raw.once("close", onEnd);
  raw.pipe(gunzip);
  try {
    yield* gunzip as AsyncIterable<Buffer>; // no encoding is set: bytes
  } catch (reason) {
    if (reason instanceof ServiceError) throw reason;
    throw new ServiceError("INVALID_INPUT", "the body is not whole gzip", { cause: reason });
  } finally {
    raw.off("close", onEnd);
    raw.unpipe(gunzip);
    gunzip.destroy();
  }
}

/** Bytes that the client says it sends; undefined where it does not, or sends them compressed. */
export function announcedBytes({ headers }: FastifyRequest): number | undefined {
  if (headers["content-encoding"] !== undefined || headers["content-length"] === undefined) return undefined;
  return Number(headers["content-length"]); // Node takes no request whose length is no number
}

/** Answers in JSON, also while the client is still sending: then it is heard out for a while, so that it sees the answer. */
export function answer(request: FastifyRequest, reply: FastifyReply, status: number, body: unknown): FastifyReply {
  void reply.code(status).type("application/json; charset=utf-8").header("cache-control", "no-store");
  if (request.raw.complete || request.raw.destroyed) return reply.send(JSON.stringify(body));
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
