import { ServiceError } from "../domain/error.ts";

export interface LeaseKeeper {
  /** Aborted with LEASE_LOST when the lease is no longer ours, or with the reason to stop that `renew` returned. */
  readonly lost: AbortSignal;
  /** Ends the renewals; resolves when no renewal is in flight. */
  stop(): Promise<void>;
}

export interface KeepLeaseOptions {
  /**
   * Extends the lease; returns a reason to stop the work although the lease is ours.
   * @throws ServiceError LEASE_LOST when another process has taken over; any other error is a renewal that was missed
   */
  readonly renew: () => Promise<ServiceError | undefined>;
  /** Interval between renewals. */
  readonly renewMs: number;
  /** Time after which a lease that is not renewed expires. */
  readonly leaseMs: number;
}

/** Renews a lease while its owner works, and tells it when to stop: taken over, cut off from the store, or not wanted. */
export function keepLease({ renew, renewMs, leaseMs }: KeepLeaseOptions): LeaseKeeper {
  const controller = new AbortController();
  let renewedAtMs = performance.now();
  let renewing: Promise<void> | undefined;

  async function tryRenewing(): Promise<void> {
    try {
      const reason = await renew();
      renewedAtMs = performance.now();
      if (reason !== undefined) controller.abort(reason);
    } catch (reason) {
      // One missed renewal is temporary; once the lease has expired, another process may already be at work.
      if (ServiceError.from(reason).code === "LEASE_LOST" || performance.now() - renewedAtMs > leaseMs) {
        controller.abort(new ServiceError("LEASE_LOST", "the lease could not be renewed", { cause: reason }));
      }
    }
  }

  const timer = setInterval(() => {
    renewing ??= tryRenewing().finally(() => (renewing = undefined));
  }, renewMs);
  return {
    lost: controller.signal,
    async stop() {
      clearInterval(timer);
      await renewing;
    },
  };
}
