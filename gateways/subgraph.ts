/** A subgraph of a supergraph. */
export interface Subgraph {
  readonly name: string;
  /** Address of its GraphQL endpoint over HTTP. */
  readonly url: string;
  readonly sdl: string;
  /** Address for subscriptions over WebSocket; undefined for a subgraph without. */
  readonly webSocketUrl?: string | undefined;
}
