import type { StreamTimings } from "./timings.ts";

export interface HeartbeatOptions {
  readonly timings: StreamTimings;
  /** True while we do not read: silence then means nothing. */
  readonly isPaused: () => boolean;
  /** Sends a status update; `isReplyRequested`: the server shall answer at once. */
  readonly sendStatus: (isReplyRequested: boolean) => void;
  /** Called once: nothing arrived for the limit although we read. */
  readonly onSilence: (silentMs: number) => void;
}

/**
 * Keeps a replication connection alive from our side, and notices when it is dead. A server that receives status
 * updates sends nothing by itself while it has no changes, so an answer is requested when nothing arrived for an
 * interval: silence after that is a fault of the connection.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: NodeJS.Timeout | undefined;
  #receivedAtMs = performance.now();
  #tickedAtMs = performance.now();

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.#receivedAtMs = this.#tickedAtMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), this.#options.timings.statusIntervalMs);
  }

  /** Something arrived, or reading begins again after a pause. */
  received(): void {
    this.#receivedAtMs = performance.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const { timings, isPaused, sendStatus, onSilence } = this.#options;
    const nowMs = performance.now();
    const lateMs = nowMs - this.#tickedAtMs - timings.statusIntervalMs;
    this.#tickedAtMs = nowMs;
    // This process was stopped or busy: what arrived meanwhile has not been read.
    if (lateMs > timings.statusIntervalMs) this.received();
    const silentMs = isPaused() ? 0 : nowMs - this.#receivedAtMs;
    if (silentMs > timings.silenceLimitMs) {
      this.stop();
      onSilence(silentMs);
    } else {
      sendStatus(silentMs >= timings.statusIntervalMs / 2);
    }
  }
}
