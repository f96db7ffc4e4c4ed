/** Subscribers in one process. Each counts its messages by the heads of the frames, so that the clients cost little. */
import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { createFrameCounter, maskedFrame } from "./frames.ts";
import { type ClientsCommand, clientsCommandSchema, documentOf } from "./task.ts";

type OpenCommand = Extract<ClientsCommand, { type: "open" }>;

const ACKNOWLEDGEMENT = 1;
const OPENING_AT_A_TIME = 100;
const sockets = new Set<Socket>();
/** Messages of all subscribers since they were opened, the acknowledgements included. */
let received = 0;
let awaited: { readonly messages: number; readonly done: () => void } | undefined;

function checkAwaited(): void {
  if (awaited !== undefined && received >= awaited.messages) awaited.done();
}

async function awaitMessages(perSubscriber: number): Promise<void> {
  await new Promise<void>((done) => {
    awaited = { messages: sockets.size * (perSubscriber + ACKNOWLEDGEMENT), done };
    checkAwaited();
  });
  awaited = undefined;
}

async function openOne({ url, documents, after }: OpenCommand, n: number): Promise<void> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  sockets.add(socket);
  const upgraded = Promise.withResolvers<void>();
  const acknowledged = Promise.withResolvers<void>();
  const count = createFrameCounter({ onPing: (payload) => socket.write(maskedFrame(0xa, payload)) });
  let head: string | undefined = "";
  socket.on("data", (chunk: Buffer) => {
    if (head === undefined) {
      received += count(chunk);
      acknowledged.resolve();
      return checkAwaited();
    }
    head += chunk.toString("latin1"); // nothing but the head arrives before our first message
    if (head.endsWith("\r\n\r\n")) {
      head = undefined;
      upgraded.resolve();
    }
  });
  socket.once("error", upgraded.reject);
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
      "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n",
  );
  await upgraded.promise;
  const send = (message: object) => socket.write(maskedFrame(0x1, Buffer.from(JSON.stringify(message))));
  send({ type: "connection_init" });
  await acknowledged.promise;
  const payload = { query: documentOf(n % documents), variables: after === undefined ? {} : { after } };
  send({ id: randomUUID(), type: "subscribe", payload });
}

async function run(command: ClientsCommand): Promise<void> {
  if (command.type === "await") return await awaitMessages(command.messages);
  if (command.type === "close") {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    received = 0;
    return;
  }
  for (let n = 0; n < command.subscribers; n += OPENING_AT_A_TIME) {
    const some = Math.min(OPENING_AT_A_TIME, command.subscribers - n);
    await Promise.all(Array.from({ length: some }, (_, index) => openOne(command, n + index)));
    if (command.messages === 1) await awaitMessages(1); // the server is not overrun by connections
  }
  await awaitMessages(command.messages);
}

process.stdout.write("{}\n");
for await (const line of createInterface({ input: process.stdin })) {
  await run(clientsCommandSchema.parse(JSON.parse(line)));
  process.stdout.write("{}\n");
}
process.exit(0); // sockets that are still open
