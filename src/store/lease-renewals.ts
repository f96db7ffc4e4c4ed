import { ServiceError } from "../domain/error.ts";
import { coalesce } from "../runtime/coalesce.ts";
import type { LeaseKeeper } from "../runtime/keep-lease.ts";

/**
 * Renews the leases of one kind that a process has, by one statement, whatever their number; also tells their owners to
 * stop when the work is no longer needed. Without a lease it does nothing.
 */
export interface LeaseRenewals<Kept> {
  /** Keeps a lease until its `stop` is called. */
  keep(kept: Kept): LeaseKeeper;
}

export interface LeaseRenewalsOptions<Kept> {
  /** Interval between renewals. */
  readonly renewMs: number;
  /** Time after which a lease that is not renewed expires. */
  readonly leaseMs: number;
  /** Renews the leases, and returns what has become of each. @throws ServiceError a renewal that was missed */
  readonly renew: (kept: readonly Kept[]) => Promise<readonly Renewed[]>;
  /** Public message of the error for a lease that another process has taken over. */
  readonly lostMessage: string;
  /** Public message of the error for work that is no longer needed. */
  readonly unneededMessage: string;
}

export interface Renewed extends Record<string, unknown> {
  /** Place of the lease in the input, from 1. */
  readonly position: number;
  /** True if the lease is still ours. */
  readonly own: boolean;
  /** True if its work is still to be done. */
  readonly needed: boolean;
}

interface Keeping<Kept> {
  readonly kept: Kept;
  readonly controller: AbortController;
  renewedAtMs: number;
}

export function createLeaseRenewals<Kept>(options: LeaseRenewalsOptions<Kept>): LeaseRenewals<Kept> {
  const { renewMs, leaseMs, lostMessage, unneededMessage } = options;
  const keeping = new Set<Keeping<Kept>>();
  const renewals = coalesce(renew);
  let timer: NodeJS.Timeout | undefined;

  const lost = (cause?: unknown): ServiceError => new ServiceError("LEASE_LOST", lostMessage, { cause });

  async function renew(): Promise<void> {
    const all = [...keeping];
    if (all.length === 0) return;
    try {
      const rows = await options.renew(all.map(({ kept }) => kept));
      const nowMs = performance.now();
      for (const { position, own, needed } of rows) {
        const each = all[position - 1];
        if (each === undefined) continue;
        if (!own) each.controller.abort(lost());
        else if (!needed) each.controller.abort(new ServiceError("CANCELED", unneededMessage));
        each.renewedAtMs = nowMs;
      }
    } catch (reason) {
      // One missed renewal is temporary; once the lease has expired, another process may already be at work.
      const latestMs = performance.now() - leaseMs;
      for (const { controller, renewedAtMs } of all) if (renewedAtMs < latestMs) controller.abort(lost(reason));
    }
  }

  return {
    keep(kept) {
      const each = { kept, controller: new AbortController(), renewedAtMs: performance.now() };
      keeping.add(each);
      timer ??= setInterval(renewals.ask, renewMs);
      return {
        lost: each.controller.signal,
        async stop() {
          keeping.delete(each);
          if (keeping.size > 0) return;
          clearInterval(timer);
          timer = undefined;
          await renewals.idle();
        },
      };
    },
  };
}
