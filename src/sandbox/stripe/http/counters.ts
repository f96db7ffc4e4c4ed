/** What the server saw since it started or was reset. */
export interface RequestCounts {
  /** Requests by `METHOD /path/:id STATUS`; 0 stands for an answer that was never sent. */
  readonly requests: Readonly<Record<string, number>>;
  readonly total: number;
  /** Most `/v1/` requests that arrived within one second, wherever it began. */
  readonly peakPerSecond: number;
  /** The same, counting only those that were not refused with 429. */
  readonly peakAcceptedPerSecond: number;
}

export interface RequestCounters {
  count(request: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly atMs: number;
  }): void;
  read(): RequestCounts;
  reset(): void;
}

/** Counters at zero. */
export function createRequestCounters(): RequestCounters {
  let requests = new Map<string, number>();
  let all = slidingPeak();
  let accepted = slidingPeak();
  let total = 0;
  return {
    count({ method, path, status, atMs }) {
      const key = `${method} ${patternOf(path)} ${status}`;
      requests.set(key, (requests.get(key) ?? 0) + 1);
      total += 1;
      all.add(atMs);
      if (status !== 429) accepted.add(atMs);
    },
    read: () => ({
      requests: Object.fromEntries([...requests].toSorted(([left], [right]) => (left < right ? -1 : 1))),
      total,
      peakPerSecond: all.peak(),
      peakAcceptedPerSecond: accepted.peak(),
    }),
    reset() {
      requests = new Map();
      [all, accepted, total] = [slidingPeak(), slidingPeak(), 0];
    },
  };
}

/** `/v1/charges/ch_1/capture` as `/v1/charges/:id/capture`: few keys however many objects there are. */
function patternOf(path: string): string {
  const [, version = "", resource = "", id, action] = path.split("/");
  const known = /^[a-z_]{1,40}$/u;
  const tail = `${id === undefined ? "" : "/:id"}${action !== undefined && known.test(action) ? `/${action}` : ""}`;
  return known.test(resource) ? `/${version}/${resource}${tail}` : "/other";
}

/** The most additions within any 1,000 ms. Additions come nearly in order of time. */
function slidingPeak() {
  const times: number[] = [];
  let first = 0;
  let peak = 0;
  return {
    add(atMs: number): void {
      times.push(atMs);
      while ((times[first] ?? atMs) <= atMs - 1000) first += 1;
      peak = Math.max(peak, times.length - first);
      if (first > 10_000) {
        times.splice(0, first);
        first = 0;
      }
    },
    peak: () => peak,
  };
}
