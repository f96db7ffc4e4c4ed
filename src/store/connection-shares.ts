/** Connections of one replica to PostgreSQL, by the work that they are for. None of them can use those of another. */
export interface ConnectionShares {
  /** Reads of the graph. */
  readonly graph: number;
  /** Syncs, files, refetches, applying webhooks, mutations, events: everything that has no share of its own. */
  readonly background: number;
  /** Commits of webhooks before they are acknowledged. */
  readonly inbox: number;
  /** Permits of upstreams' rate limits. */
  readonly budgets: number;
  /** The check of `/readyz`. */
  readonly readiness: number;
  /** Sessions that listen for notifications: of events, and of budgets. */
  readonly listening: number;
  /** Work as the owner of the tables: statistics and partitions. */
  readonly maintenance: number;
  /** The session by which the embedded PostgreSQL knows that it is in use. */
  readonly presence: number;
}

/** Default of the setting, and the least that leaves every share at its minimum. */
export const CONNECTIONS = { default: 22, min: 13, max: 1_000 } as const;

/** Shares that do not grow: their work is short or happens one at a time. */
const FIXED = { readiness: 1, listening: 2, maintenance: 1 } as const;
/** Shares of the other connections; the background gets what they leave. */
const PART = { graph: 0.36, inbox: 0.2, budgets: 0.12 } as const;
/** With fewer, one tenant's slow read would be everyone's, or one commit of webhooks would wait for another's disk. */
const MIN = { graph: 2, inbox: 2, budgets: 1 } as const;
/** More permits or commits at a time than this only wait for the same disk. */
const MAX = { inbox: 8, budgets: 4 } as const;

/**
 * Divides the connections of one replica.
 * @param total as the setting allows: from `CONNECTIONS.min`
 */
export function shareConnections(total: number, isEmbedded: boolean): ConnectionShares {
  const presence = isEmbedded ? 1 : 0;
  const shared = total - presence - sum(Object.values(FIXED));
  const graph = Math.max(MIN.graph, Math.round(shared * PART.graph));
  const inbox = Math.min(MAX.inbox, Math.max(MIN.inbox, Math.round(shared * PART.inbox)));
  const budgets = Math.min(MAX.budgets, Math.max(MIN.budgets, Math.round(shared * PART.budgets)));
  return { graph, inbox, budgets, background: shared - graph - inbox - budgets, presence, ...FIXED };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
