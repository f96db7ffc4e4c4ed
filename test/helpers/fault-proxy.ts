import { once } from "node:events";
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Direction: toward the server, or toward the client. */
export type Direction = "up" | "down";

/**
 * A TCP proxy on the loopback interface that simulates a faulty network. It forwards everything unchanged until a fault
 * is set.
 */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Number of connections that are currently open, on either side. */
  connections(): number;
  /** Number of connections that were ever accepted. */
  opened(): number;
  /** Number of connections that `reset` and `resetAfter` have reset. */
  wereReset(): number;
  /** Delays everything by `delayMs` and up to `jitterMs` more, preserving the order. */
  delay(delayMs: number, jitterMs?: number): void;
  /** Limits the bytes per second, for each connection and direction. */
  throttle(bytesPerSecond: number): void;
  /**
   * Stops all traffic, including the end of a connection; the sockets remain, and new ones can be opened. Data sent
   * meanwhile arrives with `heal`: TCP retransmits it until it is acknowledged.
   */
  cut(...directions: readonly [Direction, ...Direction[]]): void;
  /** Limits the bytes per second from the server, on each connection whose first message contains the text. */
  throttleOnly(firstMessage: string, bytesPerSecond: number): void;
  /**
   * Discards all traffic without a sign, for good: a connection that is open now, or is opened before `heal`, never
   * carries anything again. Neither end is notified, as when a router loses its state or packets are dropped for long.
   */
  swallow(): void;
  /** Resets every connection, at both ends. */
  reset(): void;
  /**
   * Resets the connection that carries the `bytes`th byte from now toward a client, and repeats this `times` in all.
   */
  resetAfter(bytes: number, times: number): void;
  /** The operating system refuses new connections; those that are open remain. */
  refuse(): void;
  /** Ends all faults, also for what is in transit. Resolves when new connections are accepted. */
  heal(): Promise<void>;
}

/** Transmitted unit: bytes, the end of one direction, or the end of the connection. */
type Parcel = Buffer | "end" | "reset";

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly over: AbortController;
  /** First bytes of the client. */
  first: Buffer | undefined;
  /** Resolves when both sockets are closed. */
  readonly closed: Promise<unknown>;
}

/** A slow line carries a tenth of a second's bytes at a time. */
const PIECES_PER_SECOND = 10;

/** Starts a proxy to `target`: a URL, or an argument of `net.connect` (a PostgreSQL socket is a path). */
export async function startFaultProxy(target: string | NetConnectOpts): Promise<FaultProxy> {
  const links = new Set<Link>();
  const cuts = new Set<Direction>();
  const lost = new WeakSet<Link>();
  let isSwallowing = false;
  let slowed: { readonly firstMessage: string; readonly bytesPerSecond: number } | undefined;
  let healed = Promise.withResolvers<void>();
  let opened = 0;
  let [delayMs, jitterMs, bytesPerSecond] = [0, 0, Infinity];
  const jitter = createJitter();
  let [resetBytes, carried, resets] = [0, 0, 0];
  let wereReset = 0;

  function end({ client, server, over }: Link): void {
    over.abort();
    for (const socket of [client, server]) {
      // Node cannot reset a socket that is being shut down, and would never close it; a Unix domain socket has no
      // reset.
      if (socket.writableEnded || socket.remoteAddress === undefined) socket.destroy();
      else socket.resetAndDestroy();
    }
  }

  function reset(link: Link): void {
    if (!link.over.signal.aborted) wereReset += 1;
    end(link);
  }

  function deliver(link: Link, direction: Direction, parcel: Parcel): void {
    const to = direction === "up" ? link.server : link.client;
    if (parcel === "reset") end(link);
    else if (parcel === "end") to.end();
    else if (direction === "up" || resets === 0) to.write(parcel);
    else carry(link, parcel);
  }

  /** Forwards toward the client, up to the byte at which the connection is reset. */
  function carry(link: Link, bytes: Buffer): void {
    const left = resetBytes - carried;
    carried += bytes.length;
    if (bytes.length < left) return void link.client.write(bytes);
    [carried, resets] = [0, resets - 1];
    link.client.write(bytes.subarray(0, left), () => reset(link));
  }

  const rateOf = ({ first }: Link, direction: Direction): number =>
    direction === "down" && slowed !== undefined && first?.includes(slowed.firstMessage) === true
      ? slowed.bytesPerSecond
      : bytesPerSecond;

  /** One direction of a connection: units in the order of arrival, each forwarded when the network allows it. */
  function wire(link: Link, direction: Direction): (parcel: Parcel) => void {
    const { signal } = link.over;
    let tail = Promise.resolve();
    async function pass(parcel: Parcel, dueMs: number): Promise<void> {
      const lateMs = dueMs - performance.now();
      if (lateMs > 0) await pause(lateMs, undefined, { signal });
      for (let rest: Parcel | undefined = parcel; rest !== undefined;) {
        // The rate is read again for each piece: after `heal`, what is left of the parcel is sent without delay.
        const rate = rateOf(link, direction);
        const [piece, others]: readonly [Parcel, Parcel?] = firstPiece(rest, rate);
        if (rate < Infinity) await pause((piece.length / rate) * 1_000, undefined, { signal });
        while (cuts.has(direction)) await healed.promise;
        if (signal.aborted || lost.has(link)) return;
        deliver(link, direction, piece);
        rest = others;
      }
    }
    return (parcel) => {
      const dueMs = performance.now() + delayMs + jitter() * jitterMs;
      tail = tail.then(() => pass(parcel, dueMs)).catch(() => undefined); // ended while data was in transit
    };
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    opened += 1;
    const options = typeof target === "string" ? addressOf(target) : target;
    const upstream = connect({ ...options, allowHalfOpen: true, noDelay: true });
    const closed = Promise.all(
      [client, upstream].map((socket) => new Promise((resolve) => socket.once("close", resolve))),
    );
    const link: Link = { client, server: upstream, over: new AbortController(), first: undefined, closed };
    links.add(link);
    if (isSwallowing) lost.add(link);
    client.once("data", (bytes: Buffer) => (link.first = bytes)); // a socket without encoding
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
    slowed = undefined;
    isSwallowing = false;
    healed.resolve();
    healed = Promise.withResolvers();
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    connections: () => links.size,
    opened: () => opened,
    wereReset: () => wereReset,
    delay: (fixedMs, moreMs = 0) => void ([delayMs, jitterMs] = [fixedMs, moreMs]),
    throttle: (limit) => void (bytesPerSecond = limit),
    cut: (...directions) => directions.forEach((direction) => cuts.add(direction)),
    throttleOnly: (firstMessage, limit) => void (slowed = { firstMessage, bytesPerSecond: limit }),
    swallow() {
      isSwallowing = true;
      for (const link of links) lost.add(link);
    },
    reset: () => links.forEach(reset),
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
      const ended = [...links].map(({ closed }) => closed);
      links.forEach(end);
      calm();
      await Promise.all(ended);
    },
  };
}

function listen(socket: Socket, send: (parcel: Parcel) => void): void {
  socket.on("data", send);
  socket.on("end", () => send("end"));
  socket.on("error", () => send("reset"));
}

/** Splits what a line of this rate carries at a time from the rest; that is undefined if there is none. */
function firstPiece(parcel: Parcel, rate: number): readonly [Parcel, Parcel?] {
  if (typeof parcel === "string" || rate === Infinity) return [parcel];
  const size = Math.max(1, Math.floor(rate / PIECES_PER_SECOND));
  return parcel.length <= size ? [parcel] : [parcel.subarray(0, size), parcel.subarray(size)];
}

function addressOf(url: string): NetConnectOpts {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

/** Values from 0 to 1 in an order that looks random and is the same each time. */
function createJitter(): () => number {
  let value = 0;
  return () => (value = (value + 0.618) % 1);
}
