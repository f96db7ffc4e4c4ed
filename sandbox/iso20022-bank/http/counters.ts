/** Counts of the endpoint's requests. */
export interface Counters {
  readonly total: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** `list` and, by name, each file that was sent completely or was not modified. */
  readonly byFile: Readonly<Record<string, number>>;
  readonly bytesSent: number;
}

export interface CounterBook {
  count(status: number, what: string): void;
  sent(bytes: number): void;
  read(): Counters;
  clear(): void;
}

export function createCounters(): CounterBook {
  let total = 0;
  let bytesSent = 0;
  const byStatus = new Map<string, number>();
  const byFile = new Map<string, number>();
  const add = (map: Map<string, number>, key: string): void => void map.set(key, (map.get(key) ?? 0) + 1);
  return {
    count(status, what) {
      total += 1;
      add(byStatus, String(status));
      if (status < 400) add(byFile, what);
    },
    sent(bytes) {
      bytesSent += bytes;
    },
    read: () => ({ total, byStatus: Object.fromEntries(byStatus), byFile: Object.fromEntries(byFile), bytesSent }),
    clear() {
      [total, bytesSent] = [0, 0];
      byStatus.clear();
      byFile.clear();
    },
  };
}
