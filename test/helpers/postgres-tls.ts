import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";

/** A port of loopback that speaks TLS as PostgreSQL does, in front of a server's Unix socket. */
export interface PostgresTls extends AsyncDisposable {
  readonly port: number;
  /** Number of connections that were encrypted until the server was reached. */
  readonly encrypted: () => number;
}

/** Length and code of an SSLRequest. Source: PostgreSQL documentation, "Message Formats". */
const SSL_REQUEST_BYTES = 8;

/**
 * Starts it with a certificate. PostgreSQL itself encrypts only connections by TCP, which the embedded one does not
 * listen for.
 * @param identity undefined: it declines encryption, as a server without a certificate does
 */
export async function startPostgresTls(
  socketPath: string,
  identity: { readonly key: string; readonly cert: string } | undefined,
): Promise<PostgresTls> {
  const sockets = new Set<Socket>();
  let encrypted = 0;
  const server = createServer((outer) => {
    sockets.add(outer);
    outer.on("error", () => undefined).once("close", () => sockets.delete(outer));
    outer.once("readable", () => {
      outer.read(SSL_REQUEST_BYTES);
      outer.write(identity === undefined ? "N" : "S");
      if (identity === undefined) return;
      const plain = new TLSSocket(outer, { isServer: true, secureContext: createSecureContext(identity) });
      plain.on("error", () => outer.destroy());
      plain.once("secure", () => {
        encrypted += 1;
        const inner = connect(socketPath).on("error", () => plain.destroy());
        plain.pipe(inner).pipe(plain);
        plain.once("close", () => inner.destroy());
        inner.once("close", () => plain.destroy());
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port, // a TCP server that listens has one
    encrypted: () => encrypted,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
