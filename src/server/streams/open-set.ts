import { ServiceError } from "../../domain/error.ts";
import { waitAtMost } from "../../runtime/with-timeout.ts";
import type { Release } from "../subscriptions/quota.ts";
import type { Stream } from "./stream.ts";

export interface OpenSetOptions {
  readonly maxStreams: number;
  /** Time that a client gets to accept the end of its stream when the set is closed. */
  readonly closeGraceMs: number;
}

/** The open streams of the process. */
export interface OpenSet {
  readonly size: number;
  /** @throws ServiceError OVERLOADED when there are too many, or the set is closing */
  requireRoom(): void;
  /** Adds a stream until it is closed; then calls `release`. */
  add(stream: Stream, release: Release): void;
  /** Interrupts every stream, so that its client connects again; resolves when all are closed. */
  close(): Promise<void>;
}

const RETRY = { retryAfterMs: 1_000 };
const isClosing = (): ServiceError => new ServiceError("OVERLOADED", "the server is closing", RETRY);

export function createOpenSet({ maxStreams, closeGraceMs }: OpenSetOptions): OpenSet {
  const open = new Set<Stream>();
  let closing = false;
  return {
    get size() {
      return open.size;
    },
    requireRoom() {
      if (closing) throw isClosing();
      if (open.size >= maxStreams) throw new ServiceError("OVERLOADED", "there are too many streams", RETRY);
    },
    add(stream, release) {
      open.add(stream);
      void stream.closed.then(() => {
        open.delete(stream);
        release();
      });
    },
    async close() {
      closing = true;
      const leaving = [...open];
      for (const stream of leaving) stream.interrupt(isClosing());
      const closed = Promise.all(leaving.map((stream) => stream.closed));
      await waitAtMost(closeGraceMs, closed);
      for (const stream of leaving) stream.destroy();
      await closed;
    },
  };
}
