import type { Socket } from "node:net";

/*
 * The messages before a session of PostgreSQL. Source: PostgreSQL documentation, "Frontend/Backend Protocol", "Message
 * Formats".
 */

/** First message of a connection. */
export interface Startup {
  readonly kind: "session" | "encryption" | "cancel";
  /** Such as `user` and `database`; only a session has any. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The message as it was sent. */
  readonly bytes: Buffer;
}

/** AuthenticationCleartextPassword. */
export const PASSWORD_REQUEST = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);

const CANCEL = 80_877_102;
const ENCRYPTION: readonly number[] = [80_877_103, 80_877_104];
/** Longer than any of these messages. */
const MAX_BYTES = 10_000;

/**
 * Reads exactly one message; what follows stays in the socket.
 * @param form a startup message begins with its length, a typed one with its type
 */
export async function readMessage(socket: Socket, form: "startup" | "typed"): Promise<Buffer> {
  const header = await readBytes(socket, form === "startup" ? 4 : 5);
  const length = header.readInt32BE(header.byteLength - 4);
  if (length < 8 || length > MAX_BYTES) throw new RangeError("this is no message of a login");
  return Buffer.concat([header, await readBytes(socket, length - 4)]);
}

async function readBytes(socket: Socket, count: number): Promise<Buffer> {
  for (;;) {
    const bytes: unknown = socket.read(count);
    if (Buffer.isBuffer(bytes) && bytes.byteLength === count) return bytes;
    if (socket.readableEnded || socket.destroyed) throw new RangeError("the connection ended during the login");
    await new Promise<void>((resolve) => {
      const events = ["readable", "end", "close"] as const;
      const wake = (): void => {
        for (const event of events) socket.off(event, wake);
        resolve();
      };
      for (const event of events) socket.on(event, wake);
    });
  }
}

export function startupOf(bytes: Buffer): Startup {
  const code = bytes.readInt32BE(4);
  const kind = code === CANCEL ? "cancel" : ENCRYPTION.includes(code) ? "encryption" : "session";
  if (kind !== "session") return { kind, parameters: new Map(), bytes };
  const texts = bytes.toString("utf8", 8).split("\0");
  const parameters = new Map<string, string>();
  for (let index = 0; index + 1 < texts.length && texts[index] !== ""; index += 2)
    parameters.set(texts[index] ?? "", texts[index + 1] ?? "");
  return { kind, parameters, bytes };
}

/** Returns the text of a PasswordMessage. */
export function readPassword(message: Buffer): string {
  return message.toString("utf8", 5, message.byteLength - 1);
}

/** Returns an ErrorResponse that ends the connection. */
export function errorResponse(sqlState: string, message: string): Buffer {
  const fields = [`SFATAL`, `VFATAL`, `C${sqlState}`, `M${message}`].map((field) => `${field}\0`).join("");
  const body = Buffer.from(`${fields}\0`);
  const header = Buffer.alloc(5);
  header.write("E");
  header.writeInt32BE(body.byteLength + 4, 1);
  return Buffer.concat([header, body]);
}
