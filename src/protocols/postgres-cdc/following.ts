import type pg from "pg";
import { ServiceError } from "../../domain/error.ts";
import { classifyDatabaseError, isDecodingFailure } from "./database/classify.ts";
import { closeConnection, openReplicationConnection } from "./database/connection.ts";
import type { LagEvent, SeenHistory, SlotEvent } from "./events.ts";
import type { FollowSlotOptions } from "./follow-options.ts";
import type { Lsn } from "./database/lsn.ts";
import { lsnOf, positionAt, type SlotPosition } from "./database/position.ts";
import { dropSlot } from "./slot/create-slot.ts";
import { monitorSlot, type SlotReport } from "./slot/monitor.ts";
import { CATALOG_GAP, type OpenedSlot, openSlot } from "./slot/open-slot.ts";
import { terminateBackend } from "./slot/terminate-backend.ts";
import { EventQueue } from "./stream/event-queue.ts";
import { LagClock, type LogEnd } from "./stream/lag.ts";
import type { IdleEvent, ReplicationStream, StreamConsumer, StreamEvent } from "./stream/replication-stream.ts";
import { startWhenFree } from "./stream/start-when-free.ts";
import { DEFAULT_WAL_SENDER_TIMEOUT_MS, timingsFor } from "./stream/timings.ts";

const IDLE_POSITION_INTERVAL_MS = 10_000;
const REPORT_INTERVAL_MS = 5_000;

/** A slot that is being followed: one replication connection for the changes, and an ordinary one for the lag. */
export class Following implements AsyncIterator<SlotEvent, never>, StreamConsumer {
  readonly #options: FollowSlotOptions;
  readonly #queue = new EventQueue<SlotEvent>(() => this.#continue());
  readonly #lag = new LagClock();
  readonly #ending = new AbortController();
  /** Aborted by the caller's signal, or by `close`. */
  readonly #signal: AbortSignal;
  #opening: Promise<void> | undefined;
  #monitoring: Promise<void> | undefined;
  #client: pg.Client | undefined;
  /** Process of the server that is creating the slot. */
  #creatingPid: string | undefined;
  #history: OpenedSlot["history"] | undefined;
  #stream: ReplicationStream | undefined;
  #idlePositionAtMs = -Infinity;
  /** Newest idle position, while it waits for the end of the interval. */
  #waitingIdle: { lsn: Lsn; readonly timer: NodeJS.Timeout } | undefined;
  /** End of the log in the last report. */
  #reportedEnd: LogEnd | undefined;
  /** Newest report that found the queue full: it is delivered as soon as there is space. */
  #waitingLag: LagEvent | undefined;

  constructor(options: FollowSlotOptions) {
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#ending.signal]);
    const abandon = (): void => this.#queue.abandon(this.#signal.reason);
    this.#signal.addEventListener("abort", abandon, { once: true });
    if (this.#signal.aborted) abandon();
  }

  next(): Promise<IteratorResult<SlotEvent, never>> {
    if (!this.#signal.aborted) this.#opening ??= this.#open();
    return this.#queue.next();
  }

  async return(): Promise<IteratorResult<SlotEvent, never>> {
    await this.close();
    return { done: true, value: undefined as never }; // the loop that stopped ignores the value
  }

  committed(position: SlotPosition): void {
    this.#stream?.acknowledge(lsnOf(position));
  }

  async close(): Promise<void> {
    this.#ending.abort(new ServiceError("CANCELED", "the replication slot is no longer followed"));
    await this.#opening;
    await this.#stream?.close();
    this.#dropIdle();
    if (this.#client !== undefined) await closeConnection(this.#client);
    if (this.#creatingPid !== undefined) await terminateBackend(this.#options.address, this.#creatingPid);
    this.#creatingPid = undefined;
    await this.#monitoring;
  }

  get isFull(): boolean {
    return this.#queue.isFull;
  }

  take(event: StreamEvent, bytes: number): void {
    if (event.type === "idle") return this.#takeIdle(event);
    this.#dropIdle(); // a position within a transaction would be stored with a part of its changes
    if (event.type !== "commit") return this.#queue.push(event, bytes);
    this.#lag.received(event.committedAtUs);
    this.#queue.push({ ...event, position: this.#positionAt(event.endLsn) }, bytes);
  }

  fail(reason: ServiceError): void {
    if (isDecodingFailure(reason)) void this.#replaceSlot(reason);
    else this.#queue.fail(reason);
  }

  /** The next connection finds no slot, creates one, and reports the gap. Never rejects. */
  async #replaceSlot(reason: ServiceError): Promise<void> {
    try {
      if (this.#client !== undefined) await dropSlot(this.#client, this.#options.slot);
      this.#queue.fail(
        new ServiceError("UPSTREAM_UNAVAILABLE", "the database cannot decode its log", {
          detail: `${reason.message}; the replication slot was dropped, so that a new one begins after this place`,
          cause: reason,
        }),
      );
    } catch {
      this.#queue.fail(reason);
    }
  }

  /** Never rejects: a failure is what the iterator throws. */
  async #open(): Promise<void> {
    try {
      const client = (this.#client = await openReplicationConnection(this.#options.address, this.#signal));
      const abort = (): void => void client.connection.stream.destroy();
      this.#signal.addEventListener("abort", abort, { once: true });
      this.#monitoring = this.#monitor();
      const opened = await this.#openSlot(client);
      this.#stream = await this.#start(client, opened.startAt);
      this.#signal.removeEventListener("abort", abort); // from here on `close` ends it in order
    } catch (reason) {
      this.#queue.fail(this.#signal.aborted ? this.#signal.reason : classifyDatabaseError(reason));
    }
  }

  async #openSlot(client: pg.Client): Promise<OpenedSlot> {
    const { slot, position, publications } = this.#options;
    const { rows } = await client.query<{ pid: string }>("select pg_backend_pid() as pid");
    this.#creatingPid = rows[0]?.pid;
    const opened = await openSlot({ client, slot, publications, position });
    this.#creatingPid = undefined;
    this.#history = opened.history;
    if (opened.gap !== undefined) {
      const seen = position && { before: seenOf(position), after: seenOf(positionAt(opened.history, opened.end)) };
      this.#queue.push({ type: "gap", reason: opened.gap, seen }, 0);
    }
    if (opened.gap !== undefined || position === undefined) this.#deliverPosition(opened.startAt);
    return opened;
  }

  async #start(client: pg.Client, startAt: Lsn): Promise<ReplicationStream> {
    const { slot, publications, nowMs, walSenderTimeoutMs = DEFAULT_WAL_SENDER_TIMEOUT_MS } = this.#options;
    const timings = timingsFor(walSenderTimeoutMs);
    await client.query(`set wal_sender_timeout = ${timings.walSenderTimeoutMs}`);
    return await startWhenFree({
      stream: { client, slot, publications, startAt, timings, nowMs, consumer: this },
      signal: this.#signal,
      onWait: (waitsFor) => this.#queue.push({ ...UNKNOWN_LAG, waitsFor }, 0),
    });
  }

  async #monitor(): Promise<void> {
    const { address, slot, publications, reportIntervalMs = REPORT_INTERVAL_MS } = this.#options;
    await monitorSlot({
      address,
      slot,
      publications,
      intervalMs: reportIntervalMs,
      signal: this.#signal,
      onReport: (report) => this.#takeReport(report),
      onFailure: () => this.#takeOldReport(),
    });
  }

  #takeReport({ catalog, end, oldestTransaction, retainedBytes, safeBytes, timeLeftMs }: SlotReport): void {
    if (this.#stream === undefined) {
      if (this.#creatingPid !== undefined && oldestTransaction !== undefined) {
        this.#queue.push({ ...UNKNOWN_LAG, waitsFor: oldestTransaction }, 0);
      }
      return;
    }
    if (this.#history !== undefined && this.#history.catalog !== catalog) {
      this.#history = { ...this.#history, catalog };
      this.#queue.push({ type: "gap", reason: CATALOG_GAP }, 0);
    }
    this.#reportedEnd = end;
    this.#takeLag({
      ...this.#lagTo(end, this.#stream.received),
      waitsFor: this.#stream.received < end.writtenTo ? oldestTransaction : undefined,
      retention: retainedBytes === undefined ? undefined : { retainedBytes, safeBytes, timeLeftMs },
    });
  }

  /** The lag cannot be looked up: what was behind at the last report may have been received since. */
  #takeOldReport(): void {
    if (this.#stream === undefined || this.#reportedEnd === undefined) return;
    this.#takeLag({ ...UNKNOWN_LAG, ...this.#lagTo(this.#reportedEnd, this.#stream.received), waitsFor: undefined });
  }

  #lagTo(end: LogEnd, received: Lsn): Pick<LagEvent, "type" | "lagMs" | "lagBytes"> {
    const lagBytes = received < end.writtenTo ? end.writtenTo - received : 0n;
    return { type: "lag", lagMs: this.#lag.lagMs(received, end), lagBytes };
  }

  #takeLag(lag: LagEvent): void {
    const { onLag } = this.#options;
    if (onLag !== undefined) return onLag(lag);
    this.#waitingLag = lag;
    if (!this.#queue.isFull) this.#deliverLag();
  }

  /** Called when the queue has space again. */
  #continue(): void {
    this.#deliverLag();
    this.#stream?.resume();
  }

  #deliverLag(): void {
    const lag = this.#waitingLag;
    this.#waitingLag = undefined;
    if (lag !== undefined) this.#queue.push(lag, 0);
  }

  #takeIdle({ lsn }: IdleEvent): void {
    if (this.#waitingIdle !== undefined) {
      this.#waitingIdle.lsn = lsn;
      return;
    }
    const { idlePositionIntervalMs = IDLE_POSITION_INTERVAL_MS } = this.#options;
    const waitMs = this.#idlePositionAtMs + idlePositionIntervalMs - performance.now();
    if (waitMs <= 0) this.#deliverIdle(lsn);
    else this.#waitingIdle = { lsn, timer: setTimeout(() => this.#endInterval(), waitMs) };
  }

  /** A server that writes nothing more states no later position: without this one it would retain its log. */
  #endInterval(): void {
    const waiting = this.#waitingIdle;
    this.#waitingIdle = undefined;
    if (waiting !== undefined && !this.#signal.aborted) this.#deliverIdle(waiting.lsn);
  }

  #dropIdle(): void {
    clearTimeout(this.#waitingIdle?.timer);
    this.#waitingIdle = undefined;
  }

  #deliverIdle(lsn: Lsn): void {
    this.#idlePositionAtMs = performance.now();
    this.#deliverPosition(lsn);
  }

  #deliverPosition(lsn: Lsn): void {
    this.#queue.push({ type: "position", position: this.#positionAt(lsn) }, 0);
  }

  #positionAt(lsn: Lsn): SlotPosition {
    return positionAt(this.#history!, lsn); // the stream starts after the slot was opened
  }
}

const seenOf = ({ lsn, systemId, timeline }: SlotPosition): SeenHistory => ({ lsn, systemId, timeline });

const UNKNOWN_LAG = {
  type: "lag",
  lagMs: undefined,
  lagBytes: undefined,
  retention: undefined,
} as const satisfies Omit<LagEvent, "waitsFor">;
