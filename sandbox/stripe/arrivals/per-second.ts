/** One second since 1970, and the number of requests that arrived in it. */
export type SecondCount = readonly [epochS: number, accepted: number, refused: number];

/** Number of arrivals in each of the last seconds. */
export interface PerSecond {
  add(atMs: number, accepted: boolean): void;
  /** Seconds with at least one arrival, oldest first; the last ten minutes up to the newest. */
  read(): readonly SecondCount[];
}

const SECONDS = 600;

/** Creates an empty list. */
export function createPerSecond(): PerSecond {
  const seconds = new Float64Array(SECONDS);
  const counts = { accepted: new Uint32Array(SECONDS), refused: new Uint32Array(SECONDS) };
  let newest = 0;
  return {
    add(atMs, accepted) {
      const second = Math.floor(atMs / 1000);
      const slot = second % SECONDS;
      if (seconds[slot] !== second) {
        seconds[slot] = second;
        counts.accepted[slot] = 0;
        counts.refused[slot] = 0;
      }
      const counted = accepted ? counts.accepted : counts.refused;
      counted[slot] = (counted[slot] ?? 0) + 1;
      newest = second;
    },
    read: () =>
      [...seconds.entries()]
        .filter(([, second]) => second > newest - SECONDS)
        .map(([slot, second]) => [second, counts.accepted[slot] ?? 0, counts.refused[slot] ?? 0] as const)
        .filter(([, accepted, refused]) => accepted + refused > 0)
        .toSorted(([left], [right]) => left - right),
  };
}
