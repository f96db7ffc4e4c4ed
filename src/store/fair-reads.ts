import { createFairQueue } from "../runtime/fair-queue.ts";
import { atTurnOf, type Pieces } from "../runtime/loop-turns.ts";
import type { Reads } from "./database.ts";
import { connectionsBusy } from "./store-error.ts";

/** The operation that reads are for. */
export interface ReadingOperation {
  readonly tenantId: string;
  /** The caller, within its tenant. */
  readonly subject: string;
  /** Aborted when the result is no longer needed: from then on no read begins, and running ones end soon. */
  readonly signal: AbortSignal;
  /** Pieces of the operation on the event loop. */
  readonly pieces: Pieces;
  /** Returns the moment whose state is read, RFC 3339; undefined: the present state. Default: always the present state. */
  readonly asOf?: () => string | undefined;
}

/** Reads of many tenants over a few connections, each in its turn. */
export interface FairReads {
  /**
   * Returns the reads of one operation. Each is passed on at the operation's turn on the event loop, and counts until
   * then: so a tenant has no more results in memory than reads at a time, however much faster than us the database is.
   * @throws the reads: ServiceError OVERLOADED | CANCELED, or as `Database.read`
   */
  forOperation(operation: ReadingOperation): Reads;
  /** @throws ServiceError OVERLOADED if too many reads of the tenant wait already */
  requireRoom(tenantId: string): void;
  /** Number of reads that wait for their turn. */
  waiting(): number;
}

export interface FairReadsOptions {
  readonly database: Reads;
  /** Number of connections of the database. */
  readonly connections: number;
  /** Returns true while there are several tenants: then none of them holds all connections. */
  readonly hasTenants: () => boolean;
  /** Number of reads of one tenant that may wait. Default 1,000: each has its operation in memory. */
  readonly maxWaiting?: number;
  /** Longest wait of a read. Default 5,000: clients and gateways wait some seconds longer. */
  readonly maxWaitMs?: number;
}

/** Connections that one operation may use at a time: more only let it delay others. */
const MAX_PER_OPERATION = 4;

/**
 * Shares the connections over tenants, those of a tenant over its callers, and those of a caller over its operations.
 * Reads of the slowest statements can use all connections of their tenant, but not the last one of all.
 */
export function createFairReads(options: FairReadsOptions): FairReads {
  const { database, connections, hasTenants, maxWaiting = 1_000, maxWaitMs = 5_000 } = options;
  const perTenant = () => (hasTenants() ? Math.max(1, connections - 1) : connections);
  const overloaded = () => connectionsBusy(`the reads of a tenant wait: ${maxWaiting} at most, for ${maxWaitMs} ms`);
  const queue = createFairQueue({
    limits: [connections, perTenant, perTenant, MAX_PER_OPERATION],
    maxWaiting,
    maxWaitMs,
    overloaded,
  });
  return {
    forOperation({ tenantId, subject, signal, pieces, asOf }) {
      const path = [tenantId, subject, Symbol("operation")] as const;
      return {
        read: (tenant, work) =>
          queue.run(path, () => atTurnOf(pieces, database.read(tenant, work, { unneeded: signal, asOf: asOf?.() })), {
            signal,
          }),
      };
    },
    requireRoom(tenantId) {
      if (queue.isFull(tenantId)) throw overloaded();
    },
    waiting: queue.waiting,
  };
}
