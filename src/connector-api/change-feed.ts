import type { z } from "zod";
import type { UpstreamClient } from "./client.ts";
import type { CheckpointMessage, ContractMessage, FindingMessage, HintMessage, ObjectMessage } from "./messages.ts";

/**
 * Changes that the upstream sends by itself over one connection for as long as we listen: a server stream over gRPC, a
 * replication slot of a database. The streams it covers are still read by `Connector.read`: for their first read, on
 * their schedule, and after a gap.
 */
export interface ChangeFeed<Config, Position> {
  /** Names of the streams whose changes it carries. */
  readonly streams: readonly string[];
  /** How the graph says that its objects were observed: in a database's log, or in a stream of messages. */
  readonly via: "CDC" | "STREAM";
  readonly position: z.ZodType<Position>;
  /**
   * Opens the connection lazily: nothing is sent before the first message is requested. One process at a time follows
   * the feed of a source.
   */
  open(input: FeedInput<Config, Position>): OpenFeed<Position>;
}

export interface FeedInput<Config, Position> {
  readonly config: Config;
  readonly client: UpstreamClient;
  /** Identifies the source at the upstream, for example in the name of its replication slot. */
  readonly sourceId: string;
  /**
   * Last committed position; undefined: the feed was never followed, and begins at the present. Its first message is then
   * a checkpoint with the position at which it begins, because the streams are only read further once that is stored.
   */
  readonly position: Position | undefined;
  readonly nowMs: () => number;
  /**
   * Takes a lag at any time, also while no message is requested because those before it are still being stored: an
   * upstream keeps its log for us just then. A feed that measures its lag by itself reports it here, and one that learns
   * it between messages may send it as a message. Total. Undefined: nobody takes it.
   */
  readonly onLag?: ((lag: FeedLagMessage) => void) | undefined;
  /** Aborted on shutdown, pause and a lost lease; the iterator then throws promptly. */
  readonly signal: AbortSignal;
}

/** A feed that is being followed. */
export interface OpenFeed<Position> {
  /**
   * Never ends by itself: it throws a ServiceError when the connection fails, and is opened again at the last committed
   * position. At least once: messages after that position repeat. Everything up to a checkpoint is committed together
   * with its position, however many messages that are; a checkpoint costs a transaction, so one without changes before
   * it is sent once a second at most. The first message is sent as soon as the connection is open, a `lag` message if
   * there is nothing else: until then the feed counts as not connected. The iterator is only advanced as fast as batches
   * are committed: the implementation must not collect messages without a bound while nobody asks for them, and keeps
   * the connection alive meanwhile.
   */
  readonly messages: AsyncIterable<FeedMessage<Position>>;
  /**
   * Called after the transaction with this position was committed: the upstream may forget everything up to it. Never
   * called for a position that is not stored. Total.
   */
  committed(position: Position): void;
  /** Resolves when the connection is closed. */
  close(): Promise<void>;
}

/**
 * The upstream can no longer send what came after our position, or starts over: what happened in between is unknown.
 * The engine reads every stream of the feed in full, reports the gap as a finding until that read has ended, and
 * continues with the messages that follow. A checkpoint follows at once, with which the gap is stored.
 */
export interface FeedGapMessage {
  readonly type: "gap";
  /** What was lost and why, as a sentence for operators: without secrets and personal values. */
  readonly reason: string;
  /** What the upstream said of itself when its changes were read last, and now: part of the finding. */
  readonly seen?: { readonly before: SeenUpstream; readonly after: SeenUpstream } | undefined;
}

/** Names and values, such as the position in a log: without secrets and personal values. */
export type SeenUpstream = Readonly<Record<string, string | number>>;

/** How far the feed is behind its upstream. Replaces the previous one. */
export interface FeedLagMessage {
  readonly type: "lag";
  /** Time in milliseconds between the upstream's newest change and the newest one received; undefined: not known. */
  readonly lagMs: number | undefined;
  /** Bytes at the upstream that wait to be received; undefined: not known. */
  readonly lagBytes: bigint | undefined;
  /** What the feed waits for at present, as a sentence: an open transaction at the upstream. Undefined: nothing. */
  readonly waitsFor: string | undefined;
  /** What the upstream keeps for us; undefined: not known, or the upstream forgets nothing. */
  readonly retention?: FeedRetention | undefined;
}

/** Log that the upstream keeps until we have stored its changes. A lack of it is reported as a finding. */
export interface FeedRetention {
  readonly retainedBytes: bigint;
  /** Bytes that can still be written before the upstream may forget what we have not stored; undefined: it has no limit. */
  readonly safeBytes: bigint | undefined;
  /** Milliseconds until then, at the present rate; undefined: no limit, or nothing is written. */
  readonly timeLeftMs: number | undefined;
}

/** Messages of a feed, in the upstream's commit order. */
export type FeedMessage<Position> =
  | ObjectMessage
  | HintMessage
  | FindingMessage
  | ContractMessage
  | FeedGapMessage
  | FeedLagMessage
  | CheckpointMessage<Position>;
