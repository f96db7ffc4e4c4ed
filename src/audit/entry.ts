/** Kinds of callers, and the service itself. */
export type PrincipalKind = "TOKEN" | "API_KEY" | "DEVELOPMENT" | "SERVICE";

/** Who did it. */
export interface AuditPrincipal {
  readonly kind: PrincipalKind;
  /** The token's `sub`, or `api-key:` with the id of the key; `sluice` for the service itself. */
  readonly subject: string;
  readonly scopes: readonly string[];
}

/** Parts of a record: a mutation whose effect has one transaction has one row, any other one has two. */
export const PHASES = ["COMPLETE", "STARTED", "FINISHED", "COUNTED"] as const;
export type Phase = (typeof PHASES)[number];

export const OUTCOMES = ["SUCCEEDED", "FAILED", "REFUSED"] as const;
/** REFUSED: nothing was begun, because the caller may not do it or the input is wrong. */
export type Outcome = (typeof OUTCOMES)[number];

/** What was acted on. */
export interface AuditSubject {
  /** `SOURCE`, `API_KEY`, `DELIVERY`, … */
  readonly type: string;
  readonly id: string;
}

/** JSON without secrets. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** One row of the audit trail, before it is numbered, dated and hashed by the database. */
export interface AuditBody {
  /** Equal in all rows about one action. */
  readonly operation: string;
  readonly phase: Phase;
  /** `mutation.` with the name in the SDL, `configuration.…`, or `retention.…`. */
  readonly action: string;
  readonly principal: AuditPrincipal;
  readonly requestId: string | undefined;
  readonly traceId: string | undefined;
  readonly remoteAddress: string | undefined;
  readonly arguments: Plain;
  readonly outcome: Outcome | undefined;
  /** A code of `ERROR_CODES`, or of GraphQL. */
  readonly errorCode: string | undefined;
  readonly subject: AuditSubject | undefined;
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

/** The service itself, as who did something without a caller. */
export const SERVICE_PRINCIPAL: AuditPrincipal = { kind: "SERVICE", subject: "sluice", scopes: [] };
