import type { FastifyReply } from "fastify";
import type { ServiceError } from "../../domain/error.ts";
import type { PullIterator } from "../../events/pull-iterator.ts";
import type { Principal } from "../../../resolvers/principal.ts";
import { type AccessEnds, isAccessEnd } from "../subscriptions/access-ends.ts";
import type { Message, OpenOperation } from "../subscriptions/open-messages.ts";
import { createResponseWriter, type ResponseWriter } from "./response-writer.ts";
import type { StreamFormat } from "./stream-format.ts";

/** An open response. */
export interface Stream {
  /** Ends the stream before its operation ends, with the reason; the client is to connect again. */
  interrupt(reason: ServiceError): void;
  /** Disconnects the client. */
  destroy(): void;
  /** Resolves when the response has ended, for whatever reason, and its operation too. */
  readonly closed: Promise<void>;
}

export interface StreamOptions {
  /** Nothing has been sent yet. */
  readonly reply: FastifyReply;
  readonly format: StreamFormat;
  readonly limits: { readonly stallMs: number; readonly keepAliveMs?: number };
  /** The operation, or the result that reports why there is none, as JSON. */
  readonly operation: OpenOperation | string;
  readonly principal: Principal;
  readonly access: Pick<AccessEnds, "watch">;
}

/** Sends the results of an operation as the response, each when the socket has accepted the one before. */
export function startStream({ reply, format, limits, operation, principal, access }: StreamOptions): Stream {
  const response = reply.hijack().raw;
  const left = new AbortController();
  const writer = createResponseWriter({ response, stallMs: limits.stallMs });
  let interruption: ServiceError | undefined;
  let messages: PullIterator<Message> | undefined;

  function interrupt(reason: ServiceError): void {
    interruption ??= reason;
    void messages?.return();
  }

  /** Returns what the response ends with. */
  async function sendAll({ run, failure }: OpenOperation): Promise<string> {
    try {
      messages = await run();
      if (interruption !== undefined || left.signal.aborted) void messages.return();
      for await (const message of messages) if (!(await writer.write(format.message(message)))) break;
    } catch (reason) {
      if (!isAccessEnd(reason)) return format.failure(failure(reason));
      interruption ??= reason;
    }
    if (interruption === undefined) return format.complete;
    return format.interrupted({ reason: interruption.publicMessage, failure: failure(interruption) });
  }

  async function send(): Promise<void> {
    try {
      const isOpen = await writer.write(format.head);
      if (isOpen)
        await writer.end(typeof operation === "string" ? format.failure(operation) : await sendAll(operation));
    } finally {
      left.abort();
      if (typeof operation !== "string") operation.end();
      response.destroy(); // has no effect on a response that was sent completely
    }
  }

  response.once("close", () => {
    left.abort();
    void messages?.return();
    if (typeof operation !== "string") operation.end();
  });
  access.watch({ principal, signal: left.signal, onEnded: interrupt });
  response.writeHead(200, headersOf(reply, format));
  response.socket?.setKeepAlive(true, KEEP_ALIVE_PROBE_MS);
  keepAlive({ writer, format, everyMs: limits.keepAliveMs ?? format.keepAliveMs, signal: left.signal });
  return { interrupt, destroy: () => void response.destroy(), closed: send() };
}

/** Idle time after which TCP probes a client that has vanished without a sign. */
const KEEP_ALIVE_PROBE_MS = 15_000;

function headersOf(reply: FastifyReply, { contentType }: StreamFormat): Record<string, string> {
  const requestId = reply.getHeader("x-request-id");
  return {
    "content-type": contentType,
    "cache-control": "no-store, no-transform", // balances must not be cached, and a proxy must not compress in blocks
    "x-accel-buffering": "no", // nginx would otherwise collect events
    ...(typeof requestId === "string" && { "x-request-id": requestId }),
  };
}

interface KeepAliveOptions {
  readonly writer: ResponseWriter;
  readonly format: StreamFormat;
  readonly everyMs: number;
  readonly signal: AbortSignal;
}

/** Load balancers cut silent connections, and a client that has left without a sign is noticed by writing to it. */
function keepAlive({ writer, format, everyMs, signal }: KeepAliveOptions): void {
  const timer = setInterval(() => {
    if (!writer.busy) void writer.write(format.keepAlive);
  }, everyMs);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
