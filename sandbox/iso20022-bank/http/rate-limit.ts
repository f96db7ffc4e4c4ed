/** Maximum number of requests in any second. */
export interface RateLimit {
  /** 0 for none. */
  set(perSecond: number): void;
  perSecond(): number;
  /**
   * Seconds until the request would be admitted, rounded up; undefined when it is admitted. Only admitted requests
   * count.
   */
  refuse(nowMs: number): number | undefined;
}

export function createRateLimit(): RateLimit {
  let limit = 0;
  let accepted: number[] = [];
  return {
    set(perSecond) {
      limit = perSecond;
      accepted = [];
    },
    perSecond: () => limit,
    refuse(nowMs) {
      if (limit === 0) return undefined;
      accepted = accepted.filter((atMs) => atMs > nowMs - 1000);
      const oldest = accepted[0];
      if (oldest === undefined || accepted.length < limit) {
        accepted.push(nowMs);
        return undefined;
      }
      return Math.max(1, Math.ceil((oldest + 1000 - nowMs) / 1000));
    },
  };
}
