/** What a caller may do: `read` every query and subscription, `sync` runs, pauses, replays and discards, `write` to upstreams, `admin` raw bytes. */
export const SCOPES = ["read", "sync", "write", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** Who calls. */
export interface Principal {
  readonly tenantId: string;
  /** The token's `sub`; for the log and for whoever asks who started a run. */
  readonly subject: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Epoch milliseconds when the token expires; undefined for the development principal, which does not. */
  readonly expiresAtMs: number | undefined;
}
