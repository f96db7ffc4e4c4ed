/** One connection's request. */
export interface Connection {
  /** URL of the graph: `https://sluice.example/graphql`. */
  readonly url: string;
  /** Value of the header `Authorization`; undefined sends none. */
  readonly authorization: string | undefined;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Ends the connection. */
  readonly signal: AbortSignal;
}

/** A result of GraphQL, as the server sends it. */
export interface Result {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly ResultError[];
}

export interface ResultError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * Opens one connection and yields its results until it ends, for whatever reason. Throws `ConnectionRefused` when the same
 * request would be refused again, and anything else when it may succeed later.
 */
export type Transport = (connection: Connection) => AsyncIterable<Result>;

/** The server understood the request and refuses it; to repeat it has no use. */
export class ConnectionRefused extends Error {
  override readonly name = "ConnectionRefused";
  /** HTTP status, or the close code of a WebSocket. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
