import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";

/** Handlers of a gateway, which report their failures themselves. */
export interface Handlers {
  readonly request: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** Default: WebSockets are refused. */
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Address of the gateways, one after another: Sluice has to know its origin before any of them starts. */
export interface GatewayPort extends AsyncDisposable {
  /** `http://127.0.0.1:4001` */
  readonly origin: string;
  /** Answers requests by a gateway until the returned function is called; every other request is answered with 404. */
  serve(gateway: Handlers): () => void;
}

/** Listens on a free port. */
export async function openGatewayPort(): Promise<GatewayPort> {
  let serving: Handlers | undefined;
  const server = createServer((request, response) => {
    if (serving === undefined) response.writeHead(404).end();
    else serving.request(request, response);
  });
  server.on("upgrade", (request, socket, head) => {
    if (serving?.upgrade === undefined) socket.destroy();
    else serving.upgrade(request, socket, head);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a listening TCP server has one
    serve(gateway) {
      serving = gateway;
      return () => {
        if (serving === gateway) serving = undefined;
      };
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
