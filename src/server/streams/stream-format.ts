import type { Message } from "../subscriptions/open-messages.ts";

/** Why a stream ended before its operation did. Clients may connect again. */
export interface EarlyEnd {
  /** For a person who reads the stream. */
  readonly reason: string;
  /** The result that reports the reason, as JSON. */
  readonly failure: string;
}

/** How an HTTP response carries the results of one operation, as text that is sent unchanged. */
export interface StreamFormat {
  readonly transport: "sse" | "multipart";
  readonly contentType: string;
  /** Sent with the headers, so that the client knows that the stream is open. */
  readonly head: string;
  readonly message: (message: Message) => string;
  /** Sent while there is nothing else to send. */
  readonly keepAlive: string;
  /** Interval of `keepAlive`. */
  readonly keepAliveMs: number;
  /** A failure of the operation, as its last result: JSON of a result with errors. */
  readonly failure: (json: string) => string;
  /** The operation is complete. */
  readonly complete: string;
  /** The stream ends although the operation is not complete: the client is to connect again. */
  readonly interrupted: (end: EarlyEnd) => string;
}
