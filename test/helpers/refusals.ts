import type { GraphError } from "./graph-server.ts";
import { post } from "./graph-server.ts";
import type { SentOperation } from "./hostile-operations.ts";
import { openRawSocket } from "./raw-socket.ts";

/** What a client gets for an operation that is refused. */
export interface Refusal {
  readonly data: unknown;
  readonly errors: readonly GraphError[];
}

/** Sends an operation over one transport, and returns the errors of its response. */
export type SendOperation = (operation: SentOperation, token?: string) => Promise<Refusal>;

/** The transports of a server; a test of the gate runs over each of them. */
export const TRANSPORTS = ["http", "websocket"] as const;

export function senderTo(url: string, transport: (typeof TRANSPORTS)[number]): SendOperation {
  return transport === "http" ? overHttp(url) : overWebSocket(url);
}

function overHttp(url: string): SendOperation {
  return async (operation, token) => {
    const { data, errors } = await post(
      url,
      operation,
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
    return { data, errors };
  };
}

function overWebSocket(url: string): SendOperation {
  return async (operation, token) => {
    const client = await openRawSocket({ url: `${url.replace("http", "ws")}/graphql/ws` });
    try {
      client.send({ type: "connection_init", ...(token !== undefined && { payload: { token } }) });
      await client.message();
      client.send({ type: "subscribe", id: "1", payload: operation });
      const { type, payload } = await client.message();
      if (type === "error") return { data: null, errors: payload as readonly GraphError[] }; // from our own server
      const { data = null, errors = [] } = payload as Partial<Refusal>;
      return { data, errors };
    } finally {
      client.socket.terminate();
    }
  };
}
