/** A refused action. */
export interface Refusal {
  readonly tenantId: string;
  /** Subject of the principal. */
  readonly subject: string;
  readonly action: string;
  readonly errorCode: string;
}

/** Refusals of one kind that have no rows of their own. */
export interface CountedRefusals {
  readonly subject: string;
  readonly action: string;
  readonly errorCode: string;
  readonly count: number;
}

/**
 * Bounds the rows about refusals, so that nobody fills the table with requests that have no effect: in each minute a
 * caller gets some rows and a tenant some more; what is beyond is counted, and the counts are one row a minute.
 */
export interface Refusals {
  /** Returns whether the refusal gets a row; otherwise it is counted. */
  admits(refusal: Refusal): boolean;
  /** Removes and returns the counts of each tenant. */
  take(): ReadonlyMap<string, readonly CountedRefusals[]>;
}

export interface RefusalLimits {
  /** Rows of one caller in a minute, in each process. */
  readonly perPrincipal: number;
  /** Rows of one tenant in a minute, in each process. */
  readonly perTenant: number;
}

export const DEFAULT_REFUSAL_LIMITS: RefusalLimits = { perPrincipal: 20, perTenant: 100 };
/** Kinds of refusals of one tenant that are counted apart from each other. */
const MAX_KINDS = 50;
const MINUTE_MS = 60_000;

/** @param nowMs a clock that never goes back */
export function createRefusals(limits: RefusalLimits, nowMs: () => number): Refusals {
  let minute = -1;
  let rows = new Map<string, number>();
  let counts = new Map<string, Map<string, CountedRefusals>>();

  function count(key: string): number {
    const next = (rows.get(key) ?? 0) + 1;
    rows.set(key, next);
    return next;
  }

  function add({ tenantId, subject, action, errorCode }: Refusal): void {
    const kinds = counts.get(tenantId) ?? new Map<string, CountedRefusals>();
    counts.set(tenantId, kinds);
    const own = JSON.stringify([subject, action, errorCode]);
    const isFull = kinds.size >= MAX_KINDS && !kinds.has(own);
    const kind = isFull ? { subject: "…", action: "…", errorCode: "…" } : { subject, action, errorCode };
    const key = isFull ? "…" : own;
    kinds.set(key, { ...kind, count: (kinds.get(key)?.count ?? 0) + 1 });
  }

  return {
    admits(refusal) {
      const current = Math.floor(nowMs() / MINUTE_MS);
      if (current !== minute) [minute, rows] = [current, new Map()];
      const { tenantId, subject } = refusal;
      // A caller beyond its own limit does not use up the tenant's.
      const isAdmitted =
        count(JSON.stringify([tenantId, subject])) <= limits.perPrincipal &&
        count(JSON.stringify([tenantId])) <= limits.perTenant;
      if (!isAdmitted) add(refusal);
      return isAdmitted;
    },
    take() {
      const taken = counts;
      counts = new Map();
      return new Map([...taken].map(([tenantId, kinds]) => [tenantId, [...kinds.values()]]));
    },
  };
}
