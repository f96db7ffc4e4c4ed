import { randomUUID } from "node:crypto";
import { createLoop } from "../../runtime/loop.ts";
import type { Database, Transaction } from "../../store/database.ts";
import { claimErasure } from "./erasure-rows.ts";
import { eraseSource } from "./erase-source.ts";

export interface ErasuresOptions {
  readonly db: Database;
  /** Finds the tenants with an erasure that has not finished. */
  readonly findTenants: () => Promise<readonly string[]>;
  /** Deletes what is left of a source itself, in the transaction that finishes its erasure. */
  readonly forget: (tx: Transaction, sourceId: string) => Promise<void>;
  readonly onFinished: (sourceId: string, tenantId: string) => void;
  readonly onProblem: (reason: unknown) => void;
  readonly random: () => number;
}

/** Finds the tenants with an erasure that has not finished. */
export async function findErasing(db: Pick<Database, "acrossTenants">): Promise<readonly string[]> {
  const rows = await db.acrossTenants<{ tenantId: string }>(
    `select distinct tenant_id as "tenantId" from source_erasures where finished_at is null`,
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** Erases the data of sources in the background, of one source at a time. */
export interface Erasures {
  /** Signals that an erasure has begun. */
  wake(): void;
  close(deadlineMs: number): Promise<void>;
}

/** An erasure that another process left is continued after this time and the end of its lease. */
const POLL_MS = 5_000;

export function startErasures(options: ErasuresOptions): Erasures {
  const { db, findTenants, forget, onFinished } = options;
  const owner = randomUUID();

  /** @returns true if something was erased */
  async function eraseOne(tenantId: string, signal: AbortSignal): Promise<boolean> {
    const lease = await claimErasure(db, tenantId, owner);
    if (lease === undefined) return false;
    const result = await eraseSource({ db, tenantId, lease, forget, signal });
    if (result === "finished") onFinished(lease.sourceId, tenantId);
    return result === "finished";
  }

  const loop = createLoop({
    pollMs: POLL_MS,
    random: options.random,
    onError: options.onProblem,
    async round(signal) {
      let hasErased = false;
      for (const tenantId of await findTenants()) {
        if (signal.aborted) return false;
        hasErased = (await eraseOne(tenantId, signal)) || hasErased;
      }
      return hasErased;
    },
  });
  loop.start();
  return { wake: () => loop.wake(), close: (deadlineMs) => loop.close(deadlineMs) };
}
