import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendJson } from "./send-json.ts";

/**
 * Responds to one request. When it rejects, the response is a 500 with the reason: a defect of the sandbox, not a
 * simulated fault.
 */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Listens on 127.0.0.1; port 0 picks a free one. `close` also ends open connections and resolves when all are closed.
 */
export async function listen(
  port: number,
  handler: Handler,
  options: ServerOptions = {},
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(options, (request, response) => {
    handler(request, response).catch((reason: unknown) => fail(response, reason));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  // Listening on a TCP port, so the address is not a pipe's name.
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function fail(response: ServerResponse, reason: unknown): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else sendJson(response, 500, { error: { message: failureText(reason) } });
}

/** Text about a defect of the sandbox itself. */
export function failureText(reason: unknown): string {
  return `The sandbox itself failed: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`;
}
