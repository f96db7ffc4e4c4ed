import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A server on a free port of the loopback interface, closed with all its sockets at the end of the scope. */
export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT`, `https:` if it uses TLS. */
  readonly url: string;
  /** Currently open sockets. */
  readonly sockets: ReadonlySet<Socket>;
  /** Number of sockets that were ever opened to it. */
  opened(): number;
  /** Resolves when no socket is open. */
  allClosed(): Promise<void>;
}

export function startHttpServer(listener: RequestListener): Promise<LocalServer> {
  return start(createHttpServer(listener));
}

/** Uses the given key and certificate. */
export async function startTlsServer(options: ServerOptions, listener: RequestListener): Promise<LocalServer> {
  const server = await start(createHttpsServer(options, listener));
  return { ...server, url: `https://127.0.0.1:${server.port}` };
}

/**
 * Starts a server for responses that no HTTP server would send: `onRequest` is called for each piece of data from a
 * client.
 */
export function startRawServer(onRequest: (socket: Socket, request: string) => void): Promise<LocalServer> {
  return start(
    createNetServer((socket) => {
      socket.on("data", (data) => onRequest(socket, data.toString("latin1")));
    }),
  );
}

async function start(server: Server): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  let opened = 0;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    opened++;
    socket.on("error", () => {}); // clients that disconnect are part of the test
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    sockets,
    opened: () => opened,
    allClosed: async () => {
      await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve))));
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
