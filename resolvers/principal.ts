/**
 * Permissions of a caller: `read` every query and subscription, `sync` mutations and uploads of files, `write` uploads of
 * files alone, `admin` raw bytes and the mutations of sources.
 */
export const SCOPES = ["read", "sync", "write", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Returns every scope that a token with these words has: each scope includes `read`, because the result of a mutation
 * and an object with raw bytes are read too. Words that are no scopes are ignored.
 */
export function grantedScopes(words: readonly string[]): ReadonlySet<Scope> {
  const named = SCOPES.filter((scope) => words.includes(scope));
  return new Set<Scope>(named.length > 0 ? ["read", ...named] : []);
}

/** Authenticated caller. */
export interface Principal {
  readonly tenantId: string;
  /** The token's `sub`, or `api-key:` with the id of the key; for the log and to show who started a run. */
  readonly subject: string;
  readonly scopes: ReadonlySet<Scope>;
  /** Epoch milliseconds when the token or the key expires; undefined for the development principal, which does not expire. */
  readonly expiresAtMs: number | undefined;
  /** Id of the API key of the caller, which may be revoked at any time. Undefined for a caller with a token. */
  readonly apiKeyId?: string | undefined;
}
