import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { ServiceError } from "../../../domain/error.ts";
import { classifyDatabaseError } from "../database/classify.ts";
import type { Lsn } from "../database/lsn.ts";
import type { ChangeEvent } from "../pgoutput/change.ts";
import { type KeepAlive, readCopyData, type WalData, writeStatus } from "../pgoutput/copy-data.ts";
import { PgoutputDecoder } from "../pgoutput/decoder.ts";
import { Heartbeat } from "./heartbeat.ts";
import { SocketFlow } from "./socket-flow.ts";
import { startCommand } from "./start-command.ts";
import type { StreamTimings } from "./timings.ts";

/**
 * The server has sent every transaction whose commit record begins before `lsn`, and none of them is left: it can be
 * stored and acknowledged as if a transaction had ended there.
 */
export interface IdleEvent {
  readonly type: "idle";
  readonly lsn: Lsn;
}

export type StreamEvent = ChangeEvent | IdleEvent;

export interface ReplicationStreamOptions {
  /** A replication connection, which nothing else uses. Closed by its owner. */
  readonly client: pg.Client;
  readonly slot: string;
  readonly publications: readonly string[];
  /** Transactions whose commit record begins before it are left out, also if the server sends them again. */
  readonly startAt: Lsn;
  readonly timings: StreamTimings;
  readonly nowMs: () => number;
  readonly consumer: StreamConsumer;
}

/** Takes what a stream receives. */
export interface StreamConsumer {
  /** @param bytes size of the message that it was decoded from */
  take(event: StreamEvent, bytes: number): void;
  /** True: the stream stops to read, until its `resume` is called. */
  readonly isFull: boolean;
  /** Called at most once, when the connection or the server fails; nothing is taken afterwards. */
  fail(reason: ServiceError): void;
}

const START_TIMEOUT_MS = 30_000;
const LAST_STATUS_TIMEOUT_MS = 1_000;
/** Acknowledgements of many short transactions are sent together. */
const ACKNOWLEDGE_DELAY_MS = 50;

/**
 * The changes that a slot sends over one connection. The socket is paused while the consumer is behind; the server is
 * then kept waiting, not our memory filled. What is acknowledged is decided by `acknowledge` alone.
 */
export class ReplicationStream {
  readonly #options: ReplicationStreamOptions;
  readonly #decoder = new PgoutputDecoder();
  readonly #flow: SocketFlow;
  readonly #heartbeat: Heartbeat;
  #isStarted = false;
  #isEnded = false;
  /** Between a begin and its commit. */
  #isInTransaction = false;
  /** The transaction that is being received was committed before. */
  #isRepeated = false;
  #received: Lsn;
  #acknowledged: Lsn;
  #acknowledgeTimer: NodeJS.Timeout | undefined;

  constructor(options: ReplicationStreamOptions) {
    this.#options = options;
    this.#received = options.startAt;
    this.#acknowledged = options.startAt;
    this.#flow = new SocketFlow(options.client.connection.stream);
    this.#heartbeat = new Heartbeat({
      timings: options.timings,
      isPaused: () => this.#flow.isPaused,
      sendStatus: (isReplyRequested) => this.#sendStatus(isReplyRequested),
      onSilence: (silentMs) => this.#fail(silence(silentMs)),
    });
  }

  /** Latest position of the log that was received. */
  get received(): Lsn {
    return this.#received;
  }

  /**
   * Resolves when the server begins to send.
   * @throws the error of `pg`, so that the caller can read its SQLSTATE; ServiceError UPSTREAM_UNAVAILABLE if the
   *   server does not answer
   */
  async start(): Promise<void> {
    const { client, slot, publications, startAt } = this.#options;
    const { connection } = client;
    const started = Promise.withResolvers<void>();
    // `pg` has no types for the messages of a connection
    connection.on("copyData", this.#onCopyData);
    const onStart = (): void => {
      this.#isStarted = true;
      started.resolve();
    };
    connection.once("replicationStart", onStart);
    const timer = setTimeout(() => started.reject(noStart()), START_TIMEOUT_MS);
    // The statement ends with the stream: its failure is the stream's.
    client.query(startCommand({ slot, publications, startAt })).then(
      () => this.#onEnd(started.reject, endedByServer()),
      (reason: unknown) => this.#onEnd(started.reject, reason),
    );
    try {
      await started.promise;
    } catch (reason) {
      connection.off("replicationStart", onStart); // the connection is used again while the slot is in use
      this.#end();
      throw reason;
    } finally {
      clearTimeout(timer);
    }
    connection.stream.on("data", this.#onData);
    this.#heartbeat.start();
  }

  /** Reports everything up to `lsn` as committed: the server may forget it. An earlier position has no effect. */
  acknowledge(lsn: Lsn): void {
    if (lsn <= this.#acknowledged || this.#isEnded) return;
    this.#acknowledged = lsn;
    this.#acknowledgeTimer ??= setTimeout(() => this.#sendStatus(false), ACKNOWLEDGE_DELAY_MS);
  }

  /** Continues to read after a pause. */
  resume(): void {
    if (!this.#flow.isPaused || this.#isEnded) return;
    this.#heartbeat.received();
    this.#flow.resume();
  }

  /** Takes nothing more; resolves when the last acknowledgement was sent. */
  async close(): Promise<void> {
    if (this.#isEnded) return;
    const { stream } = this.#options.client.connection;
    const sent = new Promise<void>((resolve) => stream.write(this.#status(false), () => resolve()));
    this.#end();
    await Promise.race([sent, sleep(LAST_STATUS_TIMEOUT_MS, undefined, { ref: false })]);
  }

  #fail(reason: unknown): void {
    if (this.#isEnded) return;
    this.#end();
    this.#options.consumer.fail(classifyDatabaseError(reason));
  }

  #end(): void {
    this.#isEnded = true;
    this.#heartbeat.stop();
    this.#flow.stop();
    clearTimeout(this.#acknowledgeTimer);
    const { connection } = this.#options.client;
    connection.off("copyData", this.#onCopyData);
    connection.stream.off("data", this.#onData);
  }

  #onEnd(reject: (reason: unknown) => void, reason: unknown): void {
    if (this.#isStarted) this.#fail(reason);
    else reject(reason);
  }

  /** Called when `pg` has handled what was read. */
  readonly #onData = (): void => {
    this.#heartbeat.received();
    this.#flow.endTurn();
  };

  readonly #onCopyData = ({ chunk }: { readonly chunk: Buffer }): void => {
    if (this.#isEnded) return;
    try {
      const message = readCopyData(chunk);
      if (message.type === "walData") this.#onWalData(message);
      else this.#onKeepAlive(message);
    } catch (reason) {
      this.#fail(reason);
    }
    if (!this.#isEnded && this.#options.consumer.isFull) this.#flow.pause();
  };

  #onWalData({ lsn, body }: WalData): void {
    if (lsn > this.#received) this.#received = lsn;
    const event = this.#decoder.decode(body, lsn);
    if (event === undefined) return;
    if (event.type === "begin") {
      this.#isInTransaction = true;
      this.#isRepeated = event.commitLsn < this.#options.startAt;
    }
    // the description of a table is not sent again
    if (!this.#isRepeated || event.type === "relation") this.#options.consumer.take(event, body.length);
    if (event.type === "commit") {
      this.#isInTransaction = this.#isRepeated = false;
      if (event.endLsn > this.#received) this.#received = event.endLsn;
    }
  }

  #onKeepAlive({ sentUpTo, isReplyRequested }: KeepAlive): void {
    if (sentUpTo > this.#received) {
      this.#received = sentUpTo;
      // Within a transaction it is a position before its commit, where nothing can be acknowledged.
      if (!this.#isInTransaction) this.#options.consumer.take({ type: "idle", lsn: sentUpTo }, 0);
    }
    if (isReplyRequested) this.#sendStatus(false);
  }

  #sendStatus(isReplyRequested: boolean): void {
    clearTimeout(this.#acknowledgeTimer);
    this.#acknowledgeTimer = undefined;
    this.#options.client.connection.stream.write(this.#status(isReplyRequested));
  }

  #status(isReplyRequested: boolean): Buffer {
    return writeStatus({
      received: this.#received > this.#acknowledged ? this.#received : this.#acknowledged,
      committed: this.#acknowledged,
      nowMs: this.#options.nowMs(),
      isReplyRequested,
    });
  }
}

function silence(silentMs: number): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the connection to the database is dead", {
    detail: `nothing arrived on the replication connection for ${Math.round(silentMs)} ms although an answer was requested`,
  });
}

function noStart(): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the database does not start to send changes", {
    detail: `no answer to START_REPLICATION within ${START_TIMEOUT_MS} ms`,
  });
}

function endedByServer(): ServiceError {
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the database ended the replication stream");
}
