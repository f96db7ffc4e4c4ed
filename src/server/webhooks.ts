import type { FastifyInstance } from "fastify";
import type { Inbox } from "../ingest/webhooks/inbox.ts";
import { discardBody, readBody } from "./http/read-body.ts";

/** Largest accepted body: Stripe's largest events are some 100 kB. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Registers `POST /webhooks/{sourceId}`. The body is read as bytes regardless of its media type, because the signature
 * covers the bytes, and only if the headers do not already show that the call is forged. A 2xx means that the delivery
 * is committed.
 */
export function registerWebhookRoute(app: FastifyInstance, inbox: Pick<Inbox, "ingest">): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null)); // the inbox reads the body
    scope.addHook("onRequest", (request, _reply, next) => {
      // Fastify would reject a value that is not a media type
      request.headers["content-type"] = "application/octet-stream";
      next();
    });
    scope.post<{ Params: { sourceId: string } }>(
      "/webhooks/:sourceId",
      { bodyLimit: Number.MAX_SAFE_INTEGER }, // our own limit applies where the bytes are read
      async ({ raw, params }, reply) => {
        const headers = headersOf(raw.rawHeaders);
        try {
          await inbox.ingest(params.sourceId, {
            headers,
            readBody: (onPiece) => readBody(raw, { maxBytes: MAX_BODY_BYTES, onPiece }),
          });
        } catch (reason) {
          discardBody(raw);
          throw reason;
        }
        return reply.header("content-type", "application/json").send(RECEIVED);
      },
    );
    done();
  });
}

const RECEIVED = '{"received":true}';

/** Node joins or drops headers that are sent twice; a signature that is sent twice must be visible as such. */
function headersOf(raw: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name, value] = [raw[index]?.toLowerCase() ?? "", raw[index + 1] ?? ""];
    const existing = headers.get(name);
    if (existing === undefined) headers.set(name, [value]);
    else existing.push(value);
  }
  return headers;
}
