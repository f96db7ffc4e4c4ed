import { createRandom, mixedToken, type Random } from "../../shared/random.ts";
import { type Kind, KINDS, type Objects, type Stored } from "./objects.ts";

/** State besides the objects. */
export interface WorldState {
  /** Number of ids assigned. */
  readonly serial: number;
  /** Time of the first start, epoch milliseconds: part of every resume token. */
  readonly createdMs: number;
  /** Number of the oldest change that the log still has. */
  readonly oldest: bigint;
  /** Day up to which settlements were made. */
  readonly settledThrough: string;
  /** Name of the company whose settlements these are; undefined for a world of its own. */
  readonly company: string | undefined;
}

/** Everything that one merchant has at the processor: objects, and the log of their changes. */
export interface World {
  readonly seed: number;
  readonly random: Random;
  state(): WorldState;
  setState(patch: Partial<WorldState>): void;
  newId(prefix: string): string;
  /** Number of the newest change. */
  sequence(): bigint;
  find<K extends Kind>(kind: K, id: string): Stored<K> | undefined;
  /** Values of a kind, without those that tests have put. A restart changes their order. */
  values<K extends Kind>(kind: K): readonly Objects[K][];
  /** Objects of a kind in order of their last change's time. */
  listed(kind: Kind): readonly Stored[];
  /** Stores the new state of an object. Listeners are notified at `commit`. */
  put<K extends Kind>(kind: K, value: Objects[K], atMs: number): void;
  /** Stores an object whose bytes are sent unchanged. */
  putBytes(kind: Kind, id: string, bytes: Uint8Array, atMs: number): Stored;
  /** Ends an operation. */
  commit(): void;
  onCommit(listener: (changes: readonly Stored[]) => void): void;
  /** Changes after a number that the log still has, oldest first. */
  changesAfter(sequence: bigint): readonly Stored[];
  /** The last change of each object, and every change that the log has: what a journal needs. Oldest first. */
  everything(): readonly Stored[];
  /** Forgets the log, so that no earlier token can be resumed. */
  forget(): void;
  /** Restores one stored change. */
  restore(change: Stored): void;
}

/** Maximum number of changes in the log; older ones are forgotten. */
const LOG_LIMIT = 100_000;

export interface WorldOptions {
  readonly seed: number;
  readonly state: WorldState;
}

/** Creates a world without objects. */
export function createWorld({ seed, state: initial }: WorldOptions): World {
  const objects = new Map(KINDS.map((kind) => [kind, new Map<string, Stored>()]));
  const sorted = new Map<Kind, readonly Stored[]>();
  const listeners: ((changes: readonly Stored[]) => void)[] = [];
  let state = initial;
  let sequence = 0n;
  let log: Stored[] = [];
  let open: Stored[] = [];

  const of = (kind: Kind): Map<string, Stored> => objects.get(kind) ?? new Map<string, Stored>();

  function keep(stored: Stored): void {
    of(stored.kind).set(stored.id, stored);
    sorted.delete(stored.kind);
    log.push(stored);
    if (log.length <= 2 * LOG_LIMIT) return;
    log = log.slice(-LOG_LIMIT);
    state = { ...state, oldest: log[0]?.sequence ?? sequence };
  }

  function change(draft: Omit<Stored, "sequence">): Stored {
    sequence += 1n;
    const stored = { ...draft, sequence };
    keep(stored);
    open.push(stored);
    return stored;
  }

  return {
    seed,
    random: createRandom(seed + initial.serial),
    state: () => state,
    setState(patch) {
      state = { ...state, ...patch };
    },
    newId(prefix) {
      state = { ...state, serial: state.serial + 1 };
      return `${prefix}_${mixedToken(seed, 1000 + state.serial)}`;
    },
    sequence: () => sequence,
    // the maps have one kind each
    find: <K extends Kind>(kind: K, id: string) => of(kind).get(id) as Stored<K> | undefined,
    values: <K extends Kind>(kind: K) =>
      [...(of(kind) as Map<string, Stored<K>>).values()].flatMap(({ value }) => (value === undefined ? [] : [value])),
    listed(kind) {
      const known = sorted.get(kind);
      if (known !== undefined) return known;
      const fresh = [...of(kind).values()].toSorted(inListOrder);
      sorted.set(kind, fresh);
      return fresh;
    },
    put: (kind, value, atMs) => void change({ kind, id: value.id, updatedAtMs: atMs, value, wire: undefined }),
    putBytes: (kind, id, bytes, atMs) =>
      change({ kind, id, updatedAtMs: atMs, value: undefined, wire: Buffer.from(bytes).toString("base64") }),
    commit() {
      const changes = open;
      open = [];
      for (const listener of listeners) listener(changes);
    },
    onCommit: (listener) => void listeners.push(listener),
    changesAfter(after) {
      const first = log.findIndex((one) => one.sequence > after);
      return first < 0 ? [] : log.slice(first);
    },
    everything() {
      const start = log[0]?.sequence ?? sequence + 1n;
      const older = KINDS.flatMap((kind) => [...of(kind).values()].filter((one) => one.sequence < start));
      return [...older.toSorted((one, other) => Number(one.sequence - other.sequence)), ...log];
    },
    forget() {
      log = [];
      state = { ...state, oldest: sequence + 1n };
    },
    restore(stored) {
      keep(stored);
      if (stored.sequence > sequence) sequence = stored.sequence;
    },
  };
}

/** By the time of the last change, then by its number. */
function inListOrder(one: Stored, other: Stored): number {
  return one.updatedAtMs - other.updatedAtMs || Number(one.sequence - other.sequence);
}
