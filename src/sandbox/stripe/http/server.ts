import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ListenOptions {
  /** 0 picks a free port. */
  readonly port: number;
  /** Everything but `/_sandbox/`. */
  readonly api: Handler;
  /** `/_sandbox/`: no authentication, which is why the server is on loopback only. */
  readonly control: Handler;
  /** Called when a handler failed in a way that it does not know: a bug of the sandbox. */
  readonly onFailure: (reason: unknown) => void;
}

/** Listens on 127.0.0.1. `close` ends open connections too and resolves when all are gone. */
export async function listen(options: ListenOptions): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const handler = request.url?.startsWith("/_sandbox/") === true ? options.control : options.api;
    handler(request, response).catch((reason: unknown) => {
      options.onFailure(reason);
      fail(response, reason);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  // Listening on a TCP port, so the address is not a pipe's name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fail(response: ServerResponse, reason: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const message = `The sandbox itself failed: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`;
  response.writeHead(500, { "Content-Type": "application/json", "Stripe-Should-Retry": "false" });
  response.end(JSON.stringify({ error: { message, type: "api_error" } }));
}
