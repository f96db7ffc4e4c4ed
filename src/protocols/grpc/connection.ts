import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from "node:http2";
import { isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { Http2SessionManager } from "@connectrpc/connect-node";
import { ServiceError } from "../../domain/error.ts";
import { parseBaseUrl } from "../rest/base-url.ts";
import { transportFailure } from "../rest/failure.ts";
import { secureContext, type TlsIdentity } from "../rest/secure-context.ts";

export interface ConnectionOptions {
  /** `https` for TLS; `http` for plain text, which only a network that nobody else can read deserves. */
  readonly baseUrl: string;
  /** Creates a socket whose `connect` checks the address that it connects to. */
  readonly createSocket: () => Socket;
  readonly tls?: TlsIdentity;
  /** Timeout of TCP and TLS together. Default: 5 s. */
  readonly connectTimeoutMs?: number;
  /**
   * Time without a received byte, while calls are open, after which the server must answer a PING. Default: five
   * minutes, because servers close a connection that is pinged more often.
   */
  readonly keepAliveMs?: number;
}

/** The HTTP/2 connection to one server, opened by the first request and again after it was lost. */
export interface Connection {
  /** @throws ServiceError UPSTREAM_UNAVAILABLE | UPSTREAM_REJECTED if no connection can be opened */
  request(path: string, headers: OutgoingHttpHeaders): Promise<ClientHttp2Stream>;
  /** Reports that bytes of a stream were read: the connection lives. */
  readBytes(stream: ClientHttp2Stream): void;
  /** Returns true if the server has said that it never processed this stream. */
  isRefused(stream: ClientHttp2Stream): boolean;
  /** Ends all streams; resolves when every socket is closed. */
  close(): Promise<void>;
}

/** Bytes that a server may send of one stream before we have read them. */
const STREAM_WINDOW = 256 * 1024;
/** The same of all streams together: a stream that is not read must not stop the others. */
const CONNECTION_WINDOW = 64 * STREAM_WINDOW;
const REFUSED_STREAM = 7;

/**
 * Creates it without opening a socket. The caller closes it.
 * @throws ServiceError INVALID_INPUT for a base URL or certificates that cannot be used
 */
export function createConnection(options: ConnectionOptions): Connection {
  const { origin, prefix } = parseBaseUrl(options.baseUrl);
  const sockets = new Set<Socket>();
  /** Last stream that the server has processed, of connections that it is closing. */
  const lastStreams = new WeakMap<ClientHttp2Session, number>();
  /** Sessions of streams, which forget them when they are closed. */
  const sessions = new WeakMap<ClientHttp2Stream, ClientHttp2Session>();
  const known = new WeakSet<ClientHttp2Session>();
  const connect = connector(options, origin);
  const manager = new Http2SessionManager(
    origin,
    { pingIntervalMs: options.keepAliveMs ?? 300_000, connectTimeoutMs: options.connectTimeoutMs ?? 5_000 },
    {
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW },
      createConnection() {
        const socket = connect();
        sockets.add(socket);
        socket.once("close", () => sockets.delete(socket));
        return socket;
      },
    },
  );

  function prepare(session: ClientHttp2Session): void {
    if (known.has(session)) return;
    known.add(session);
    session.setLocalWindowSize(CONNECTION_WINDOW);
    session.on("goaway", (_code, lastStreamId) => lastStreams.set(session, lastStreamId));
  }

  return {
    async request(path, headers) {
      const stream = await manager.request("POST", `${prefix}/${path}`, headers, {}).catch((reason: unknown) => {
        throw connectFailure(reason);
      });
      const session = stream.session as ClientHttp2Session | undefined; // a client's stream is of a client's session
      if (session === undefined) return stream;
      prepare(session);
      sessions.set(stream, session);
      return stream;
    },
    readBytes: (stream) => manager.notifyResponseByteRead(stream),
    isRefused(stream) {
      if (stream.rstCode === REFUSED_STREAM || stream.id === undefined) return true;
      const session = sessions.get(stream);
      const last = session === undefined ? undefined : lastStreams.get(session);
      return last !== undefined && stream.id > last;
    },
    async close() {
      manager.abort();
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      // after a GOAWAY, Node would wait for the server to close its side
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

/** Returns the function that opens a socket, by TLS with HTTP/2 unless the origin is plain text. */
function connector({ createSocket, tls }: ConnectionOptions, origin: string): () => Socket {
  const { protocol, hostname, port } = new URL(origin);
  const isTls = protocol === "https:";
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const target = { host, port: Number(port || (isTls ? 443 : 80)) };
  const context = secureContext(tls ?? {});
  if (!isTls) return () => createSocket().connect(target);
  return () => {
    const socket = createSocket().connect(target);
    const encrypted = connectTls({
      socket,
      host,
      ...(isIP(host) === 0 && { servername: host }),
      secureContext: context,
      ALPNProtocols: ["h2"],
      rejectUnauthorized: true, // even if NODE_TLS_REJECT_UNAUTHORIZED disables it
    });
    socket.once("error", (error) => encrypted.destroy(error));
    encrypted.prependOnceListener("secureConnect", () => {
      if (encrypted.alpnProtocol !== "h2") encrypted.destroy(noHttp2());
    });
    return encrypted;
  };
}

function noHttp2(): ServiceError {
  return new ServiceError("UPSTREAM_REJECTED", "the upstream does not speak gRPC: it does not offer HTTP/2");
}

const MAX_CHAIN = 8;

/** Nothing was sent, whatever the reason is. */
function connectFailure(reason: unknown): ServiceError {
  let error = reason;
  for (let depth = 0; depth < MAX_CHAIN && typeof error === "object" && error !== null; depth++) {
    if (error instanceof ServiceError) return error; // the address is not allowed
    error = "cause" in error ? error.cause : undefined;
  }
  return transportFailure(reason, { notProcessed: true });
}
