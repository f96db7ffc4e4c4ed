import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ERROR_CODES, ServiceError } from "../domain/error.ts";
import type { Inbox } from "../inbox/inbox.ts";

/** Largest body that is taken: Stripe's largest events are some 100 kB. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * `POST /webhooks/{sourceId}`. The body is taken as bytes whatever it says it is: the signature is over the bytes. A 2xx
 * means that the delivery is committed.
 */
export function registerWebhookRoute(app: FastifyInstance, inbox: Pick<Inbox, "ingest">): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MAX_BODY_BYTES }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.addHook("onRequest", (request, _reply, next) => {
      request.headers["content-type"] = "application/octet-stream"; // Fastify would refuse one that is no media type
      next();
    });
    scope.setErrorHandler((error: FastifyError | ServiceError, request, reply) => sendError(error, request, reply));
    scope.post<{ Params: { sourceId: string }; Body: Buffer | undefined }>(
      "/webhooks/:sourceId",
      { bodyLimit: MAX_BODY_BYTES },
      async (request, reply) => {
        const call = { body: request.body ?? EMPTY, headers: headersOf(request.raw.rawHeaders) };
        await inbox.ingest(request.params.sourceId, call);
        return reply.header("content-type", "application/json").send(RECEIVED);
      },
    );
    done();
  });
}

const EMPTY = Buffer.alloc(0);
const RECEIVED = '{"received":true}';

/** Node joins or drops headers that are sent twice; a signature that comes twice must be seen as that. */
function headersOf(raw: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name, value] = [raw[index]?.toLowerCase() ?? "", raw[index + 1] ?? ""];
    const held = headers.get(name);
    if (held === undefined) headers.set(name, [value]);
    else held.push(value);
  }
  return headers;
}

function sendError(reason: FastifyError | ServiceError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = asServiceError(reason);
  const status = ERROR_CODES[error.code].http;
  if (error.code === "INTERNAL") request.log.error({ err: reason }, "webhook failed");
  if (status === 503) void reply.header("retry-after", Math.ceil((error.retryAfterMs ?? 1_000) / 1_000));
  return reply.code(status).send({ error: { code: error.code, message: error.publicMessage } });
}

/** Fastify's own refusals, such as a body that ends before its declared length, in our words. */
function asServiceError(reason: FastifyError | ServiceError): ServiceError {
  if (reason instanceof ServiceError) return reason;
  if (reason.statusCode === 413) {
    return new ServiceError("PAYLOAD_TOO_LARGE", `a delivery may have ${MAX_BODY_BYTES} bytes`, { cause: reason });
  }
  if (reason.statusCode !== undefined && reason.statusCode < 500) {
    return new ServiceError("INVALID_INPUT", "the request is not valid HTTP", { cause: reason });
  }
  return ServiceError.from(reason);
}
