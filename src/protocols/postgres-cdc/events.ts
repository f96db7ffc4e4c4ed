import type { ChangeEvent, CommitEvent } from "./pgoutput/change.ts";
import type { SlotPosition } from "./database/position.ts";

/** End of a transaction, with the position to store together with its effects. */
export interface CommittedEvent extends CommitEvent {
  readonly position: SlotPosition;
}

/**
 * No transaction is open in the stream, and the log went on without one for us: a position to store, so that the server
 * can free what it retains.
 */
export interface PositionEvent {
  readonly type: "position";
  readonly position: SlotPosition;
}

/** What came after the stored position cannot be sent, or may not be complete: everything must be read again. */
export interface GapEvent {
  readonly type: "gap";
  /** A sentence for operators. */
  readonly reason: string;
  /** The stored position, and the end of the server's log, each with its history; undefined: nothing was compared. */
  readonly seen?: { readonly before: SeenHistory; readonly after: SeenHistory } | undefined;
}

/** A place in the log of a server, and the history in which it is one. */
export type SeenHistory = Pick<SlotPosition, "lsn" | "systemId" | "timeline">;

/** How far the stream is behind. Replaces the previous one. */
export interface LagEvent {
  readonly type: "lag";
  /** Milliseconds between the newest change of the server and the newest received one; undefined: not known. */
  readonly lagMs: number | undefined;
  /** Bytes of log that were not received; undefined: not known. */
  readonly lagBytes: bigint | undefined;
  /** What is waited for at present, as a sentence; undefined: nothing. */
  readonly waitsFor: string | undefined;
  /** How long the server can keep what was not committed here; undefined: not known. */
  readonly retention: Retention | undefined;
}

/** The log that the server retains for the slot. */
export interface Retention {
  readonly retainedBytes: bigint;
  /** Bytes that can still be written before the server may give the slot up; undefined: no limit is set. */
  readonly safeBytes: bigint | undefined;
  /** Milliseconds until then, at the present rate; undefined: no limit, or nothing is written. */
  readonly timeLeftMs: number | undefined;
}

/** What following a slot delivers, in the order of commits. */
export type SlotEvent = Exclude<ChangeEvent, CommitEvent> | CommittedEvent | PositionEvent | GapEvent | LagEvent;
