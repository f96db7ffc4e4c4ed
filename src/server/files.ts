import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import type { Principal } from "../../resolvers/principal.ts";
import { requireScope } from "../../resolvers/require-scope.ts";
import { ERROR_CODES, ServiceError } from "../domain/error.ts";
import type { Taken, TakenFile } from "../files/file.ts";
import type { Files } from "../files/files.ts";
import type { IdentifyCaller } from "./caller.ts";
import { announcedBytes, answer, fileNameOf, uploadBody } from "./upload.ts";

export interface FileRoutesOptions {
  readonly files: Pick<Files, "take" | "open" | "maxBytes">;
  readonly identify: IdentifyCaller;
  /** Epoch milliseconds: names files that come without a name. */
  readonly now: () => number;
}

interface Route {
  Params: { readonly id: string };
}

/**
 * `PUT /files/{sourceId}`: the body is a file, or a ZIP archive of files, whatever it says it is. A 2xx means that it is
 * kept; 201 and 200 that it is stored too. `GET /files/{fileId}`: the bytes of one that is kept.
 */
export function registerFileRoutes(app: FastifyInstance, options: FileRoutesOptions): void {
  const { files, identify } = options;
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null)); // it is read as it comes, by the handler
    scope.setErrorHandler((error: FastifyError | ServiceError, request, reply) => sendError(error, request, reply));
    scope.route<Route>({
      method: "PUT",
      url: "/files/:id",
      config: { isUpload: true },
      bodyLimit: Number.MAX_SAFE_INTEGER, // the source's own limit is kept where the bytes are counted
      async onRequest(request) {
        request.headers["content-type"] = "application/octet-stream"; // Fastify would refuse one that is no media type
        const caller = await identify(request);
        if (!caller.scopes.has("write")) requireScope(caller, "sync");
      },
      handler: (request, reply) => upload(options, request, request.params.id, reply),
    });
    scope.route<Route>({
      method: "GET",
      url: "/files/:id",
      onRequest: async (request) => requireScope(await identify(request), "admin"),
      handler: async (request, reply) =>
        sendFile(await files.open(callerOf(request).tenantId, request.params.id), reply),
    });
    done();
  });
}

/** The signal is of the body alone: a file that has come in whole is applied, whether or not the client still waits. */
async function upload(
  { files, now }: FileRoutesOptions,
  request: FastifyRequest,
  sourceId: string,
  reply: FastifyReply,
) {
  const { tenantId } = callerOf(request);
  const maxBytes = files.maxBytes(tenantId, sourceId);
  const name = fileNameOf(request) ?? `${sourceId}-${new Date(now()).toISOString()}`;
  const body = uploadBody(request);
  if ((announcedBytes(request) ?? 0) > maxBytes) {
    throw new ServiceError("PAYLOAD_TOO_LARGE", `a file of this source may have ${maxBytes} bytes`);
  }
  const taken = await files.take({ tenantId, sourceId, name, way: "UPLOAD", ...body });
  return answer(
    request,
    reply,
    statusOf(taken),
    taken.isArchive ? { files: taken.files.map(shown) } : taken.files.map(shown)[0],
  );
}

/** What was brought counts as its best file: one that is new, else one that will be, else one that is known. */
function statusOf({ files }: Taken): number {
  const outcomes = new Set(files.map(({ outcome }) => outcome));
  if (outcomes.has("STORED")) return 201;
  if (outcomes.has("ACCEPTED")) return 202;
  if (outcomes.has("REPEATED")) return 200;
  return files.some((file) => file.outcome === "REFUSED" && file.refusal.reason !== "TOO_LARGE") ? 422 : 413;
}

/** A refused file alone is shown as an error. */
function shown(taken: TakenFile) {
  const { outcome, file } = taken;
  if (taken.outcome === "REFUSED") {
    const { reason, problem, position } = taken.refusal;
    return { outcome, file, error: { code: "FILE_REFUSED", reason, message: problem, position: position ?? null } };
  }
  if (taken.outcome === "ACCEPTED") return { outcome, file };
  const { statements, created, known, quarantined } = taken.result;
  return { outcome, file, statements, transactions: { created, known }, quarantined };
}

function sendFile(file: Awaited<ReturnType<Files["open"]>>, reply: FastifyReply): FastifyReply {
  return reply
    .header("content-type", file.mediaType)
    .header("content-length", file.size)
    .header("content-disposition", `attachment; filename*=UTF-8''${percentEncoded(file.name)}`)
    .header("x-content-type-options", "nosniff") // somebody else's bytes: never shown as a page of ours
    .header("cache-control", "no-store")
    .send(Readable.from(file.bytes, { objectMode: false }));
}

/** Source: RFC 8187, section 3.2.1, `attr-char`. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function callerOf({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new ServiceError("UNAUTHENTICATED", "a token is needed");
  return principal;
}

function sendError(reason: FastifyError | ServiceError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asServiceError(reason);
  const status = ERROR_CODES[error.code].http;
  if (error.code === "INTERNAL") request.log.error({ err: reason }, "taking a file failed");
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  if (status === 503) void reply.header("retry-after", Math.ceil((error.retryAfterMs ?? 1_000) / 1_000));
  return answer(request, reply, status, { error: { code: error.code, message: error.publicMessage } });
}

/** A client that goes away, and what Fastify refuses by itself, in our words. */
function asServiceError(reason: FastifyError | ServiceError): ServiceError {
  if (reason instanceof ServiceError) return reason;
  if (reason.code === "ECONNRESET") return new ServiceError("CANCELED", "the client has gone", { cause: reason });
  if (reason.statusCode !== undefined && reason.statusCode < 500) {
    return new ServiceError("INVALID_INPUT", "the request is not valid HTTP", { cause: reason });
  }
  return ServiceError.from(reason);
}
