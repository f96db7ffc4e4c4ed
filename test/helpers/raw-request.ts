import { connect, type Socket } from "node:net";
import { WAIT_LIMIT_MS } from "./eventually.ts";
import { within } from "./take.ts";

export interface RawRequest {
  /** Base URL of the server. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Sends an operation over a connection of its own, which reads nothing and keeps nothing of the request: with `fetch` a
 * client has its body in memory until the response ends.
 */
export function sendRaw({ url, headers, body }: RawRequest): Socket {
  const { host, port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.pause();
  const text = JSON.stringify(body);
  const all = { host, "content-type": "application/json", "content-length": Buffer.byteLength(text), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /graphql HTTP/1.1\r\n${lines.join("")}\r\n${text}`);
  return socket;
}

/** Reads from a connection until it has received the text; resolves with everything that was received. */
export async function readUntil(socket: Socket, text: string): Promise<string> {
  let received = "";
  const read = async (): Promise<string> => {
    for await (const bytes of socket.iterator({ destroyOnReturn: false })) {
      received += String(bytes);
      if (received.includes(text)) return received;
    }
    throw new Error(`the connection ended without ${text}: ${received}`);
  };
  return await within(WAIT_LIMIT_MS, text, read());
}
