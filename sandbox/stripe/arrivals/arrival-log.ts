/** A request at its arrival. */
export interface Arrival {
  /** Milliseconds since 1970, with fractions; never less than the previous one. */
  readonly atMs: number;
  /** Earliest possible time of its arrival: loop-watch.ts. */
  readonly sinceMs: number;
  readonly key: string;
  readonly method: string;
  /** Path with `:id` in place of ids. */
  readonly path: string;
  readonly idempotencyKey: string | null;
}

/** A request with its result. */
export interface LoggedArrival extends Arrival {
  /** 0 until it is answered. */
  readonly status: number;
}

/** The most recent requests. */
export interface ArrivalLog {
  /** Adds a request. The returned function must be called with the status when it is known. */
  add(arrival: Arrival): (status: number) => void;
  /** Returns the requests of a key, or of all keys, oldest first. */
  read(key: string | undefined): Iterable<LoggedArrival>;
  reset(): void;
}

/** Creates an empty log of the last `capacity` arrivals. */
export function createArrivalLog(capacity = 200_000): ArrivalLog {
  let ring = createRing(capacity);
  return {
    add: (arrival) => ring.add(arrival),
    read: (key) => ring.read(key),
    reset() {
      ring = createRing(capacity);
    },
  };
}

type Kind = Pick<Arrival, "key" | "method" | "path">;

/** Stores columns, some 28 bytes per arrival: as objects, a full log would be the largest structure in the process. */
function createRing(capacity: number) {
  let columns = columnsOf(Math.min(1024, capacity));
  const kinds: Kind[] = [];
  const numbers = new Map<string, number>();
  let added = 0;
  const numberOf = ({ key, method, path }: Kind): number => {
    const name = `${method} ${path} ${key}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, kinds.length);
    return kinds.push({ key, method, path }) - 1;
  };
  const at = (serial: number): LoggedArrival | undefined => {
    const slot = serial % capacity;
    const kind = kinds[columns.kinds[slot] ?? 0];
    const idempotencyKey = columns.idempotencyKeys[slot] ?? null;
    const [atMs, sinceMs, status] = [columns.times[slot] ?? 0, columns.sinces[slot] ?? 0, columns.statuses[slot] ?? 0];
    return kind && { atMs, sinceMs, ...kind, idempotencyKey, status };
  };
  return {
    add(arrival: Arrival): (status: number) => void {
      const serial = added++;
      const slot = serial % capacity;
      if (slot === columns.times.length) columns = grown(columns, Math.min(capacity, slot * 2));
      columns.times[slot] = arrival.atMs;
      columns.sinces[slot] = arrival.sinceMs;
      columns.kinds[slot] = numberOf(arrival);
      columns.statuses[slot] = 0;
      columns.idempotencyKeys[slot] = arrival.idempotencyKey;
      return (status) => {
        if (serial >= added - capacity) columns.statuses[slot] = status;
      };
    },
    *read(key: string | undefined): Generator<LoggedArrival> {
      const end = added;
      for (let serial = Math.max(0, end - capacity); serial < end; serial += 1) {
        // The reader may be slower than the requests: entries that were overwritten meanwhile are skipped.
        const arrival = serial < added - capacity ? undefined : at(serial);
        if (arrival !== undefined && (key === undefined || arrival.key === key)) yield arrival;
      }
    },
  };
}

interface Columns {
  readonly times: Float64Array;
  readonly sinces: Float64Array;
  readonly kinds: Uint32Array;
  readonly statuses: Uint16Array;
  readonly idempotencyKeys: (string | null)[];
}

const columnsOf = (size: number): Columns => ({
  times: new Float64Array(size),
  sinces: new Float64Array(size),
  kinds: new Uint32Array(size),
  statuses: new Uint16Array(size),
  idempotencyKeys: [],
});

function grown(old: Columns, size: number): Columns {
  const { times, sinces, kinds, statuses } = columnsOf(size);
  times.set(old.times);
  sinces.set(old.sinces);
  kinds.set(old.kinds);
  statuses.set(old.statuses);
  return { times, sinces, kinds, statuses, idempotencyKeys: old.idempotencyKeys };
}
