import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createNetServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A server on a free port of the loopback interface, closed with all its sockets at the end of the scope. */
export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Sockets open at the moment. */
  readonly sockets: ReadonlySet<Socket>;
  /** Resolves when no socket is open. */
  allClosed(): Promise<void>;
}

export function startHttpServer(listener: RequestListener): Promise<LocalServer> {
  return start(createHttpServer(listener));
}

/** For answers that no HTTP server would give: `onRequest` is called for each piece of data that a client sends. */
export function startRawServer(onRequest: (socket: Socket, request: string) => void): Promise<LocalServer> {
  return start(
    createNetServer((socket) => {
      socket.on("data", (data) => onRequest(socket, data.toString("latin1")));
    }),
  );
}

async function start(server: Server): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}); // clients that hang up are part of the test
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    sockets,
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
