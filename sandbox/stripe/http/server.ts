import { failureText, type Handler, listen as listenOnLoopback } from "../../shared/listen.ts";
import { sendJson } from "../../shared/send-json.ts";

export interface ListenOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** Handles everything except `/_sandbox/`. */
  readonly api: Handler;
  /** Handles `/_sandbox/`: without authentication, which is why the server only listens on loopback. */
  readonly control: Handler;
  /** Called when a handler failed with an unexpected error: a bug of the sandbox. */
  readonly onFailure: (reason: unknown) => void;
}

/** Longer than a client keeps an unused connection; otherwise it would send into one that has just been closed. */
const KEEP_ALIVE_MS = 60_000;

/** Listens on 127.0.0.1. `close` also ends open connections and resolves when all are closed. */
export function listen({
  port,
  api,
  control,
  onFailure,
}: ListenOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const handler: Handler = async (request, response) => {
    try {
      await (request.url?.startsWith("/_sandbox/") === true ? control : api)(request, response);
    } catch (reason) {
      onFailure(reason);
      if (response.headersSent || response.destroyed) throw reason;
      const error = { message: failureText(reason), type: "api_error" };
      sendJson(response, 500, { error }, { "Stripe-Should-Retry": "false" });
    }
  };
  return listenOnLoopback(port, handler, { keepAliveTimeout: KEEP_ALIVE_MS });
}
