import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A gateway's handler of requests of Node; it reports its failures itself. */
type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Address of the gateways, one after another: Sluice has to know its origin before any of them starts. */
export interface GatewayPort extends AsyncDisposable {
  /** `http://127.0.0.1:4001` */
  readonly origin: string;
  /** Answers requests by a gateway until the returned function is called; every other request is answered with 404. */
  serve(gateway: Handler): () => void;
}

/** Listens on a free port. */
export async function openGatewayPort(): Promise<GatewayPort> {
  let serving: Handler | undefined;
  const server = createServer((request, response) => {
    if (serving === undefined) response.writeHead(404).end();
    else serving(request, response);
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
