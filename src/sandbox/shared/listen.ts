import { createServer, type IncomingMessage, type ServerOptions, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sendJson } from "./send-json.ts";

/** Answers one request. When it rejects, the answer is a 500 that says why: a fault of the sandbox, not a simulated one. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens on 127.0.0.1; port 0 picks a free one. `close` ends open connections too and resolves when all are gone. */
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

/** What is said of a fault of the sandbox itself. */
export function failureText(reason: unknown): string {
  return `The sandbox itself failed: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`;
}
