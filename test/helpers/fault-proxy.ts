import { once } from "node:events";
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Toward the server, or toward the client. */
export type Way = "up" | "down";

/** A TCP proxy on the loopback interface that is as bad a network as a test wants. Transparent until it is told otherwise. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Connections that are open at the moment, on either side. */
  connections(): number;
  /** Connections that were ever taken. */
  opened(): number;
  /** Everything arrives later by `delayMs` and up to `jitterMs` more, in order. */
  delay(delayMs: number, jitterMs?: number): void;
  /** So many bytes a second pass, for each connection and way. */
  throttle(bytesPerSecond: number): void;
  /**
   * Nothing arrives any more, the end of a connection neither; the sockets stay, and new ones can be opened. What was sent
   * meanwhile arrives with `heal`: TCP sends it again until somebody acknowledges it.
   */
  cut(...ways: readonly [Way, ...Way[]]): void;
  /** Resets every connection, at both ends. */
  reset(): void;
  /** Resets the connection that carries the `bytes`th byte from now toward a client, and so on, `times` in all. */
  resetAfter(bytes: number, times: number): void;
  /** New connections are refused by the system; those that are open stay. */
  refuse(): void;
  /** Ends everything that was told. Resolves when new connections are taken. */
  heal(): Promise<void>;
}

/** What travels: bytes, the end of one way, or the end of the connection. */
type Parcel = Buffer | "end" | "reset";

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly over: AbortController;
  /** Resolves when both sockets are closed. */
  readonly closed: Promise<unknown>;
}

/** A slow line carries a tenth of a second's bytes at a time. */
const PIECES_PER_SECOND = 10;

/** Starts a proxy to `target`: a URL, or what `net.connect` takes (a PostgreSQL's socket is a path). */
export async function startFaultProxy(target: string | NetConnectOpts): Promise<FaultProxy> {
  const links = new Set<Link>();
  const cuts = new Set<Way>();
  let healed = Promise.withResolvers<void>();
  let opened = 0;
  let [delayMs, jitterMs, bytesPerSecond] = [0, 0, Infinity];
  const jitter = createJitter();
  let [resetBytes, carried, resets] = [0, 0, 0];

  function end({ client, server, over }: Link): void {
    over.abort();
    for (const socket of [client, server]) {
      // Node cannot reset what is being shut down, and would never close it; a socket that is a file knows no reset.
      if (socket.writableEnded || socket.remoteAddress === undefined) socket.destroy();
      else socket.resetAndDestroy();
    }
  }

  function deliver(link: Link, way: Way, parcel: Parcel): void {
    const to = way === "up" ? link.server : link.client;
    if (parcel === "reset") end(link);
    else if (parcel === "end") to.end();
    else if (way === "up" || resets === 0) to.write(parcel);
    else carry(link, parcel);
  }

  /** Toward the client, up to the byte at which the connection is reset. */
  function carry(link: Link, bytes: Buffer): void {
    const left = resetBytes - carried;
    carried += bytes.length;
    if (bytes.length < left) return void link.client.write(bytes);
    [carried, resets] = [0, resets - 1];
    link.client.write(bytes.subarray(0, left), () => end(link));
  }

  /** One way of a connection: parcels in the order in which they came, each when the network lets it. */
  function wire(link: Link, way: Way): (parcel: Parcel) => void {
    const { signal } = link.over;
    let tail = Promise.resolve();
    async function pass(parcel: Parcel, dueMs: number): Promise<void> {
      const lateMs = dueMs - performance.now();
      if (lateMs > 0) await pause(lateMs, undefined, { signal });
      for (const piece of piecesOf(parcel, bytesPerSecond)) {
        if (bytesPerSecond < Infinity) await pause((piece.length / bytesPerSecond) * 1_000, undefined, { signal });
        while (cuts.has(way)) await healed.promise;
        if (signal.aborted) return;
        deliver(link, way, piece);
      }
    }
    return (parcel) => {
      const dueMs = performance.now() + delayMs + jitter() * jitterMs;
      tail = tail.then(() => pass(parcel, dueMs)).catch(() => undefined); // ended while something was on its way
    };
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    opened += 1;
    const options = typeof target === "string" ? addressOf(target) : target;
    const upstream = connect({ ...options, allowHalfOpen: true });
    const closed = Promise.all(
      [client, upstream].map((socket) => new Promise((resolve) => socket.once("close", resolve))),
    );
    const link = { client, server: upstream, over: new AbortController(), closed };
    links.add(link);
    listen(client, wire(link, "up"));
    listen(upstream, wire(link, "down"));
    void closed.then(() => links.delete(link));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a listening TCP server has one

  function calm(): void {
    [delayMs, jitterMs, bytesPerSecond, resets] = [0, 0, Infinity, 0];
    cuts.clear();
    healed.resolve();
    healed = Promise.withResolvers();
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    connections: () => links.size,
    opened: () => opened,
    delay: (fixedMs, moreMs = 0) => void ([delayMs, jitterMs] = [fixedMs, moreMs]),
    throttle: (limit) => void (bytesPerSecond = limit),
    cut: (...ways) => ways.forEach((way) => cuts.add(way)),
    reset: () => links.forEach(end),
    resetAfter: (bytes, times) => void ([resetBytes, carried, resets] = [bytes, 0, times]),
    refuse: () => void server.close(),
    async heal() {
      calm();
      if (server.listening) return;
      server.listen(port, "127.0.0.1");
      await once(server, "listening");
    },
    async [Symbol.asyncDispose]() {
      if (server.listening) server.close();
      const gone = [...links].map(({ closed }) => closed);
      links.forEach(end);
      calm();
      await Promise.all(gone);
    },
  };
}

function listen(socket: Socket, send: (parcel: Parcel) => void): void {
  socket.on("data", send);
  socket.on("end", () => send("end"));
  socket.on("error", () => send("reset"));
}

function piecesOf(parcel: Parcel, bytesPerSecond: number): readonly Parcel[] {
  if (typeof parcel === "string" || bytesPerSecond === Infinity) return [parcel];
  const size = Math.max(1, Math.floor(bytesPerSecond / PIECES_PER_SECOND));
  return Array.from({ length: Math.ceil(parcel.length / size) }, (_, index) =>
    parcel.subarray(index * size, (index + 1) * size),
  );
}

function addressOf(url: string): NetConnectOpts {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

/** Spread over 0 to 1 in an order that looks random and is the same each time. */
function createJitter(): () => number {
  let value = 0;
  return () => (value = (value + 0.618) % 1);
}
