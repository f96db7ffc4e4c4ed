import { timingSafeEqual } from "node:crypto";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { once } from "node:events";
import { errorResponse, PASSWORD_REQUEST, readMessage, readPassword, type Startup, startupOf } from "./messages.ts";

export interface FrontOptions {
  /** 0 picks a free port of loopback. */
  readonly port: number;
  /** Path of the server's Unix socket. */
  readonly socketPath: string;
  /** The only database and role that are let through, because the server itself asks nobody for a password. */
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** A port of loopback through which one role reaches one database of a server that listens on a Unix socket alone. */
export interface Front {
  readonly port: number;
  /** Ends all connections; resolves when they are closed. */
  close(): Promise<void>;
}

const NO_ENCRYPTION = Buffer.from("N");
/** Time for the messages before a session. */
const LOGIN_MS = 10_000;

export async function openFront(options: FrontOptions): Promise<Front> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.setNoDelay(true).on("error", () => undefined);
    void admit(socket, options).catch(() => socket.destroy()); // it left, or sent what is no message
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port, // a TCP server that listens has one
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function admit(socket: Socket, options: FrontOptions): Promise<void> {
  const timer = setTimeout(() => socket.destroy(), LOGIN_MS);
  try {
    const startup = await readStartup(socket);
    if (startup.kind === "session" && !(await isAllowed(socket, startup, options))) return;
    relay(socket, startup.bytes, options.socketPath);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads the first message. Encryption is declined: nothing leaves this machine. */
async function readStartup(socket: Socket): Promise<Startup & { readonly kind: "session" | "cancel" }> {
  for (;;) {
    const startup = startupOf(await readMessage(socket, "startup"));
    if (startup.kind !== "encryption") return { ...startup, kind: startup.kind };
    socket.write(NO_ENCRYPTION);
  }
}

async function isAllowed(socket: Socket, { parameters }: Startup, options: FrontOptions): Promise<boolean> {
  const { database, user, password } = options;
  if (parameters.get("user") !== user || parameters.get("database") !== database) {
    socket.end(errorResponse("28000", "this role may not use this database"));
    return false;
  }
  socket.write(PASSWORD_REQUEST);
  if (isSame(readPassword(await readMessage(socket, "typed")), password)) return true;
  socket.end(errorResponse("28P01", `password authentication failed for user "${user}"`));
  return false;
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}

function relay(outer: Socket, first: Buffer, socketPath: string): void {
  const inner = connect(socketPath);
  inner.on("error", () => outer.destroy());
  inner.write(first);
  outer.pipe(inner);
  inner.pipe(outer);
  inner.once("close", () => outer.destroy());
  outer.once("close", () => inner.destroy());
}
