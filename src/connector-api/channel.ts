import type { Socket } from "node:net";
import type { UpstreamTarget } from "./upstream-target.ts";

/** A connection, or a pool of them, to an upstream that is not called by HTTP. */
export interface Channel {
  /** Rejects new calls; resolves when those in flight have ended and all sockets are closed. */
  close(): Promise<void>;
}

export interface ChannelInput<Config> {
  readonly target: UpstreamTarget;
  readonly config: Config;
  /** Maximum number of concurrent calls; undefined: not known. */
  readonly maxConcurrent: number | undefined;
  /**
   * Creates a socket that is not connected yet. It is the only way to connect: `connect` of the socket checks the
   * address that the host resolves to, and fails for one that the source may not have.
   */
  readonly createSocket: () => Socket;
}

/**
 * How a connector's channel is opened. The upstream owns the channel: it opens it for the first call, and closes it when
 * it has been idle or when `config` has changed.
 */
export interface ChannelKind<Config, Opened extends Channel> {
  /** Opens no socket before the first call. @throws ServiceError INVALID_INPUT for settings that cannot be used */
  open(input: ChannelInput<Config>): Opened;
}

/** A channel kind with its types hidden, as the registry stores it. */
// oxlint-disable-next-line typescript/no-explicit-any -- existential type, as `AnyConnector`
export type AnyChannelKind = ChannelKind<any, Channel>;

/** Limits of one attempt. */
export interface CallLimits {
  /** Aborted when the caller gives up and when the service stops; the attempt then ends promptly. */
  readonly signal: AbortSignal;
  /** Time in which the attempt must end, or a followed stream must open. */
  readonly timeoutMs: number;
  /** To be called with the headers and trailers of the response, if the protocol has them; lower-case names. */
  readonly onMetadata?: (metadata: Readonly<Record<string, string>>) => void;
}

interface CallTraits<Opened extends Channel> {
  /** The connector's own channel kind. */
  // oxlint-disable-next-line typescript/no-explicit-any -- only `open` interprets the settings
  readonly via: ChannelKind<any, Opened>;
  /** By which the budget knows its cost: `bank.v1.Ledger/ListPayments`. A constant, never external input. */
  readonly name: string;
  /** See `UpstreamRequest.isBackfill`. */
  readonly isBackfill?: true;
}

/** One call through the connector's channel. */
export interface ChannelCall<Opened extends Channel, Answer> extends CallTraits<Opened> {
  /** True if it changes nothing: it may be repeated. */
  readonly isRead?: true;
  /** See `UpstreamRequest.idempotencyKey`. */
  readonly idempotencyKey?: string;
  /** See `UpstreamRequest.idempotencyKeyExpiresAtMs`. */
  readonly idempotencyKeyExpiresAtMs?: number;
  /**
   * Makes one attempt; called again for each repeat. Failures are ServiceErrors with an UPSTREAM_* code; what the code
   * does not say is in `ServiceError.call`. A `retryAfterMs` of UPSTREAM_RATE_LIMITED or UPSTREAM_UNAVAILABLE closes the
   * budget for that time.
   */
  run(channel: Opened, limits: CallLimits): Promise<Answer>;
}

/** A stream of messages for as long as the upstream sends them. */
export interface ChannelStream<Opened extends Channel, Message> extends CallTraits<Opened> {
  /** Longest time in which the upstream must have answered after one attempt was sent. Default: the lane's deadline. */
  readonly openTimeoutMs?: number;
  /**
   * Longest wait for a message; after it the stream fails as unavailable. Undefined: a stream may be silent for any
   * time, and the channel itself notices that its connection is dead.
   */
  readonly silenceTimeoutMs?: number;
  /**
   * Opens the stream; resolves when the upstream has accepted it. `limits.signal` stays in use until the stream ends.
   * Failures, of the messages too, are those of `ChannelCall.run`.
   */
  open(channel: Opened, limits: CallLimits): Promise<AsyncIterable<Message>>;
}
