/** Reads camt files in a separate thread: one port for each file, one reply for each piece. */
import { type MessagePort, parentPort } from "node:worker_threads";
import { CamtRefused } from "../camt.ts";
import { createMessageParser } from "../message/message-parser.ts";
import type { WireEvent } from "../message/outbox.ts";
import type { Piece, ReadOrder, Reply } from "./wire.ts";

parentPort?.on("message", ({ port, entries }: ReadOrder) => serve(port, entries));

function serve(port: MessagePort, entries: boolean): void {
  const parser = createMessageParser({ entries });
  let isOver = false;
  port.on("message", (piece: Piece) => {
    if (isOver) return; // sent before the rejection was known
    const reply = answer(() => (piece === null ? parser.end() : parser.write(piece)));
    isOver = reply.type !== "events" || piece === null;
    port.postMessage(reply);
  });
}

function answer(read: () => readonly WireEvent[]): Reply {
  try {
    return { type: "events", events: read() };
  } catch (reason) {
    if (!(reason instanceof CamtRefused)) return { type: "failed", detail: String(reason) };
    return { type: "refused", refusal: reason.refusal, problem: reason.message, position: reason.position };
  }
}
