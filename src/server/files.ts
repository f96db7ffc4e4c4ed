import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLFormattedError } from "graphql";
import { Readable } from "node:stream";
import { requireScope } from "../../resolvers/require-scope.ts";
import { ServiceError } from "../domain/error.ts";
import type { Received, ReceivedFile } from "../ingest/files/file.ts";
import type { Files } from "../ingest/files/files.ts";
import { callerOf, type IdentifyCaller } from "./http/caller.ts";
import type { FormatError } from "./graphql/format-error.ts";
import type { UploadPace } from "./http/upload-pace.ts";
import { announcedBytes, answer, fileNameOf, uploadBody } from "./http/upload.ts";

export interface FileRoutesOptions {
  readonly files: Pick<Files, "take" | "open" | "maxBytes">;
  readonly identify: IdentifyCaller;
  readonly formatError: FormatError;
  /** Epoch milliseconds: used to name files that are uploaded without a name. */
  readonly now: () => number;
  /** Slowest accepted upload. Default: 16 KiB per second after 30 seconds. */
  readonly uploadPace?: UploadPace;
}

interface Route {
  Params: { readonly id: string };
}

/**
 * Registers `PUT /files/{sourceId}`: the body is a file, or a ZIP archive of files, regardless of its media type. A 2xx
 * means that it is kept; 201 and 200 that its content is stored too. `GET /files/{fileId}` returns the bytes of a kept
 * file.
 */
export function registerFileRoutes(app: FastifyInstance, options: FileRoutesOptions): void {
  const { files, identify } = options;
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null)); // the handler reads it as a stream
    scope.route<Route>({
      method: "PUT",
      url: "/files/:id",
      config: { isUpload: true },
      bodyLimit: Number.MAX_SAFE_INTEGER, // the source's own limit is enforced where the bytes are counted
      async onRequest(request) {
        // Fastify would reject a value that is not a media type
        request.headers["content-type"] = "application/octet-stream";
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

/** The signal covers the body only: a completely received file is applied even if the client no longer waits. */
async function upload(options: FileRoutesOptions, request: FastifyRequest, sourceId: string, reply: FastifyReply) {
  const { files, now, formatError } = options;
  const { tenantId } = callerOf(request);
  const maxBytes = await files.maxBytes(tenantId, sourceId);
  const name = fileNameOf(request) ?? `${sourceId}-${new Date(now()).toISOString()}`;
  const body = uploadBody(request, options.uploadPace);
  if ((announcedBytes(request) ?? 0) > maxBytes) {
    throw new ServiceError("PAYLOAD_TOO_LARGE", `a file of this source must have at most ${maxBytes} bytes`);
  }
  const received = await files
    .take({ tenantId, sourceId, name, origin: "UPLOAD", ...body })
    .catch((reason: unknown) => {
      throw body.signal.aborted ? body.signal.reason : reason;
    });
  const errors = errorsOf(received, (error) => formatError(error, request.id), sourceId);
  const fileAnswer = received.isArchive ? { files: received.files.map(resultOf) } : received.files.map(resultOf)[0];
  return answer(request, reply, statusOf(received), { ...(errors.length > 0 && { errors }), ...fileAnswer });
}

/** The status is that of the best file in the upload: a new one, else one still to be stored, else a known one. */
function statusOf({ files }: Received): number {
  const outcomes = new Set(files.map(({ outcome }) => outcome));
  if (outcomes.has("STORED")) return 201;
  if (outcomes.has("ACCEPTED")) return 202;
  if (outcomes.has("REPEATED")) return 200;
  return files.some((file) => file.outcome === "REFUSED" && file.refusal.reason !== "TOO_LARGE") ? 422 : 413;
}

/** Returns an error for each rejected file; in an archive its `path` leads to the file's result. */
function errorsOf(
  { isArchive, files }: Received,
  format: (error: ServiceError) => GraphQLFormattedError,
  sourceId: string,
) {
  return files.flatMap((received, index) => {
    if (received.outcome !== "REFUSED") return [];
    const { reason, problem, position } = received.refusal;
    const code = reason === "TOO_LARGE" ? "PAYLOAD_TOO_LARGE" : "FILE_REFUSED";
    const { message, extensions } = format(new ServiceError(code, problem, { sourceId }));
    const place = isArchive ? { path: ["files", index] } : {};
    return [{ message, ...place, extensions: { ...extensions, reason, position: position ?? null } }];
  });
}

function resultOf(received: ReceivedFile) {
  const { outcome, file } = received;
  if (received.outcome === "REFUSED" || received.outcome === "ACCEPTED") return { outcome, file };
  const { statements, created, known, quarantined } = received.result;
  return {
    outcome,
    file,
    statements,
    transactions: { created, known },
    quarantined,
  };
}

function sendFile(file: Awaited<ReturnType<Files["open"]>>, reply: FastifyReply): FastifyReply {
  return reply
    .header("content-type", file.mediaType)
    .header("content-length", file.size)
    .header("content-disposition", `attachment; filename*=UTF-8''${percentEncoded(file.name)}`)
    .header("x-content-type-options", "nosniff") // third-party content: never rendered as a page of ours
    .header("cache-control", "no-store")
    .send(Readable.from(file.bytes, { objectMode: false }));
}

/** Source: RFC 8187, section 3.2.1, `attr-char`. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
