import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from "node:http";
import {
  constants,
  createServer as createHttp2Server,
  type Http2Server,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { failureText } from "../../shared/listen.ts";
import { sendJson } from "../../shared/send-json.ts";

/** First bytes of every connection in HTTP/2. Source: RFC 9113, section 3.4. */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

export interface FrontOptions {
  /** 0 picks a free port. */
  readonly port: number;
  readonly onCall: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => Promise<void>;
  readonly onControl: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** What may happen to all open connections of HTTP/2 at once. */
export const CONNECTION_FAULTS = ["goAway", "halfClose", "destroy", "freeze", "thaw"] as const;
export type ConnectionFault = (typeof CONNECTION_FAULTS)[number];

/** A port of loopback that speaks gRPC over HTTP/2 without TLS, and HTTP/1.1 for the control API. */
export interface Front {
  readonly url: string;
  /** Returns the number of connections. */
  disturb(fault: ConnectionFault): number;
  close(): Promise<void>;
}

/**
 * A connection of HTTP/2 and the one that it is copied to. With its bytes in our hands it can stop without an end, as
 * behind a firewall that forgot it.
 */
interface Relay {
  readonly outer: Socket;
  readonly inner: Socket;
}

export async function openFront({ port, onCall, onControl }: FrontOptions): Promise<Front> {
  const relays = new Set<Relay>();
  const sockets = new Set<Socket>();
  const control = serveControl(onControl);
  const { server: calls, sessions } = serveCalls(onCall);
  const ports = { calls: await listenOn(calls, 0), control: await listenOn(control, 0) };

  function take(outer: Socket, first: Buffer): void {
    const isCalls = first.subarray(0, PREFACE.length).equals(PREFACE.subarray(0, first.length));
    const inner = connect(isCalls ? ports.calls : ports.control, "127.0.0.1").setNoDelay(true);
    const relay = { outer, inner };
    if (isCalls) relays.add(relay);
    inner.on("error", () => outer.destroy());
    inner.write(first);
    outer.pipe(inner);
    inner.pipe(outer);
    inner.once("close", () => outer.destroy());
    outer.once("close", () => {
      relays.delete(relay);
      inner.destroy();
    });
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.setNoDelay(true).on("error", () => undefined);
    socket.once("data", (first: Buffer) => {
      socket.pause();
      take(socket, first);
    });
  });
  return {
    url: `http://127.0.0.1:${await listenOn(server, port)}`,
    disturb(fault) {
      if (fault === "goAway") for (const session of sessions) session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM);
      else for (const relay of relays) disturb(relay, fault);
      return relays.size;
    },
    async close() {
      const closed = Promise.all([server, calls, control].map(closing));
      for (const session of sessions) session.destroy();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function serveControl(onControl: FrontOptions["onControl"]): HttpServer {
  return createHttpServer((request, response) => {
    onControl(request, response).catch((reason: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: { message: failureText(reason) } });
    });
  });
}

interface Calls {
  readonly server: Http2Server;
  /** The open ones. */
  readonly sessions: ReadonlySet<Http2Session>;
}

function serveCalls(onCall: FrontOptions["onCall"]): Calls {
  const sessions = new Set<Http2Session>();
  const server = createHttp2Server();
  server.on("stream", (stream, headers) => {
    stream.on("error", () => undefined); // the client has left
    // a server's streams are of this class, which the type of the event does not say
    const served = stream as ServerHttp2Stream;
    onCall(served, headers).catch((reason: unknown) => served.destroy(new Error(failureText(reason))));
  });
  server.on("sessionError", () => undefined);
  server.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  return { server, sessions };
}

function disturb({ outer, inner }: Relay, fault: Exclude<ConnectionFault, "goAway">): void {
  switch (fault) {
    case "halfClose":
      inner.unpipe(outer);
      outer.end(); // the client still sends, and nothing comes back
      return;
    case "destroy":
      return void outer.resetAndDestroy();
    case "freeze":
      outer.unpipe(inner).pause();
      return void inner.unpipe(outer).pause();
    case "thaw":
      outer.pipe(inner);
      return void inner.pipe(outer);
  }
}

/** Returns the port. */
async function listenOn(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port; // listening on a TCP port, so it is not a pipe's name
}

const closing = (server: Server): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));
