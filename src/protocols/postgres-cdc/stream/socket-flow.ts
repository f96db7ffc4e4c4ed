import type { Readable } from "node:stream";

/**
 * Decides when a socket is read: unless its consumer has paused it, and one piece per turn of the event loop. Node hands
 * on everything that has arrived in one turn: megabytes of small changes, while nothing else runs.
 */
export class SocketFlow {
  readonly #socket: Readable;
  #isPaused = false;
  #nextTurn: NodeJS.Immediate | undefined;

  constructor(socket: Readable) {
    this.#socket = socket;
  }

  /** True from `pause` to `resume`. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  /** Reads again, in the next turn of the event loop if a piece was read in this one. */
  resume(): void {
    this.#isPaused = false;
    this.#read();
  }

  /** To be called after each piece that was read. */
  endTurn(): void {
    this.#socket.pause();
    this.#nextTurn ??= setImmediate(() => {
      this.#nextTurn = undefined;
      this.#read();
    });
  }

  /** Leaves the socket as it is, for the one who closes it. */
  stop(): void {
    clearImmediate(this.#nextTurn);
  }

  #read(): void {
    if (!this.#isPaused && this.#nextTurn === undefined) this.#socket.resume();
  }
}
