import { ServiceError } from "../../domain/error.ts";

/** Limits how many files are received or waited for at the same time, and shares that number among tenants. */
export interface Intake {
  /** Runs the work if there is room for it. @throws ServiceError OVERLOADED, or what the work throws */
  run<T>(tenantId: string, work: () => Promise<T>): Promise<T>;
}

/**
 * A tenant may take a place while it has fewer than are free. So one tenant alone uses up to half of them, a second one
 * up to half of the rest, and so on: whatever one tenant sends, and however slowly, there is room for another.
 */
export function createIntake(places: number): Intake {
  const taken = new Map<string, number>();
  let free = places;
  return {
    async run(tenantId, work) {
      const own = taken.get(tenantId) ?? 0;
      if (own >= free) {
        const message = "too many files of this tenant are being received";
        throw new ServiceError("OVERLOADED", message, { retryAfterMs: 2_000 });
      }
      taken.set(tenantId, own + 1);
      free -= 1;
      try {
        return await work();
      } finally {
        free += 1;
        const left = (taken.get(tenantId) ?? 1) - 1;
        if (left === 0) taken.delete(tenantId);
        else taken.set(tenantId, left);
      }
    },
  };
}
